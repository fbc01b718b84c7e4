-- The kernel's own tables: district, units, persons and posts, accounts, audit, records' history, to-dos, files, jobs.
-- Types in the words of both engines: blob = uuid (ids), text, integer = bigint, boolean, date,
-- datetime = timestamptz (UTC, microseconds). Intervals are half-open: [valid_from, valid_to).

create table district_setting (
    key text collate "C" primary key not null,
    value text collate "C" not null
);

create table unit (
    id uuid primary key not null,
    key text collate "C" not null unique,
    kind text collate "C" not null,
    name text collate "C" not null,
    official_order bigint not null,
    code text collate "C",
    valid_from date not null,
    valid_to date,
    geometry text collate "C",
    is_key boolean not null default false,
    is_model boolean not null default false,
    name_status text collate "C" not null default 'real',
    value_status text collate "C" not null default 'real',
    note text collate "C"
);
create index unit_by_kind on unit (kind, official_order);

create table unit_parent (
    unit_id uuid not null references unit (id),
    parent_id uuid not null references unit (id),
    valid_from date not null,
    valid_to date,
    primary key (unit_id, parent_id, valid_from)
);

-- Every unit is its own descendant at depth 0.
create table unit_closure (
    ancestor_id uuid not null references unit (id),
    descendant_id uuid not null references unit (id),
    depth bigint not null,
    valid_from date not null,
    valid_to date,
    primary key (ancestor_id, descendant_id, valid_from)
);
create index unit_closure_up on unit_closure (descendant_id);

create table unit_lineage (
    id uuid primary key not null,
    from_id uuid not null references unit (id),
    to_id uuid not null references unit (id),
    kind text collate "C" not null,
    effective_on date not null,
    document text collate "C"
);

create table person (
    id uuid primary key not null,
    key text collate "C" not null unique,
    name text collate "C" not null,
    status text collate "C" not null default 'real'
);

create table post (
    id uuid primary key not null,
    key text collate "C" not null unique,
    unit_id uuid not null references unit (id),
    name text collate "C" not null,
    official_order bigint not null
);
create index post_by_unit on post (unit_id);

create table post_grant (
    post_id uuid not null references post (id),
    role text collate "C" not null,
    scope_unit_id uuid not null references unit (id),
    primary key (post_id, role, scope_unit_id)
);

-- part: holder (A), deputy (B). is_main is false for a post held beside the main one (兼任).
create table term (
    id uuid primary key not null,
    post_id uuid not null references post (id),
    person_id uuid not null references person (id),
    part text collate "C" not null,
    is_main boolean not null default true,
    valid_from date not null,
    valid_to date
);
create index term_by_post on term (post_id);
create index term_by_person on term (person_id);

create table account (
    id uuid primary key not null,
    person_id uuid not null unique references person (id),
    login text collate "C" not null unique,
    password_hash text collate "C" not null,
    must_change boolean not null default true,
    failures bigint not null default 0,
    locked_until timestamptz,
    disabled boolean not null default false,
    lang text collate "C" not null default 'zh-CN',
    theme text collate "C" not null default 'light',
    type_size text collate "C" not null default 'normal',
    created_at timestamptz not null
);

create table session (
    id_hash text collate "C" primary key not null,
    account_id uuid not null references account (id),
    post_id uuid references post (id),
    created_at timestamptz not null,
    last_seen_at timestamptz not null,
    client text collate "C"
);
create index session_by_account on session (account_id);

create table api_token (
    id uuid primary key not null,
    account_id uuid not null references account (id),
    post_id uuid not null references post (id),
    name text collate "C" not null,
    secret_hash text collate "C" not null unique,
    rights text collate "C" not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz,
    last_used_at timestamptz
);

create table audit_entry (
    seq bigint primary key not null,
    at timestamptz not null,
    channel text collate "C" not null,
    account_id uuid,
    post_id uuid,
    actor text collate "C" not null,
    action text collate "C" not null,
    subject_kind text collate "C" not null,
    subject_id uuid,
    detail text collate "C" not null,
    digest text collate "C",
    prev_hash text collate "C" not null,
    hash text collate "C" not null
);
create index audit_by_subject on audit_entry (subject_kind, subject_id, seq);
create index audit_by_time on audit_entry (at);

create table audit_head (
    id bigint primary key not null,
    algorithm text collate "C" not null,
    seq bigint not null,
    hash text collate "C" not null,
    mac text collate "C" not null
);

-- One row for every version of every register record: what history, correction and "as of that day" are read from.
create table record_version (
    register text collate "C" not null,
    record_id uuid not null,
    version bigint not null,
    unit_id uuid not null references unit (id),
    at timestamptz not null,
    actor text collate "C" not null,
    channel text collate "C" not null,
    typed bigint not null,
    deleted boolean not null,
    body text collate "C" not null,
    primary key (register, record_id, version)
);
create index record_version_by_time on record_version (register, at);
create index record_version_by_unit on record_version (unit_id, at);

create table coverage (
    id uuid primary key not null,
    register text collate "C" not null,
    unit_id uuid not null references unit (id),
    period text collate "C" not null,
    complete boolean not null,
    version bigint not null,
    at timestamptz not null,
    actor text collate "C" not null
);
create index coverage_by_place on coverage (register, unit_id, period, version);

create table lifecycle_step (
    id uuid primary key not null,
    register text collate "C" not null,
    record_id uuid not null,
    transition text collate "C" not null,
    from_state text collate "C" not null,
    to_state text collate "C" not null,
    person_id uuid references person (id),
    post_id uuid references post (id),
    reason text collate "C",
    at timestamptz not null
);
create index lifecycle_step_by_record on lifecycle_step (register, record_id, at);

create table todo (
    id uuid primary key not null,
    kind text collate "C" not null,
    register text collate "C",
    record_id uuid,
    state text collate "C" not null,
    title text collate "C" not null,
    unit_id uuid references unit (id),
    post_id uuid not null references post (id),
    sent_by_post uuid references post (id),
    sent_by text collate "C" not null,
    due_on date,
    created_at timestamptz not null,
    done_at timestamptz,
    done_by text collate "C"
);
create index todo_by_post on todo (post_id, state, due_on);
create index todo_by_record on todo (register, record_id);

create table attachment (
    id uuid primary key not null,
    register text collate "C" not null,
    record_id uuid not null,
    kind text collate "C" not null,
    name text collate "C" not null,
    media_type text collate "C" not null,
    size bigint not null,
    sha256 text collate "C" not null,
    added_at timestamptz not null,
    added_by text collate "C" not null,
    removed_at timestamptz,
    removed_reason text collate "C"
);
create index attachment_by_record on attachment (register, record_id);

create table job (
    id uuid primary key not null,
    kind text collate "C" not null,
    args text collate "C" not null,
    state text collate "C" not null,
    done bigint not null default 0,
    total bigint not null default 0,
    note text collate "C",
    result text collate "C",
    attempts bigint not null default 0,
    rights text collate "C",
    account_id uuid,
    post_id uuid,
    created_at timestamptz not null,
    started_at timestamptz,
    heartbeat_at timestamptz,
    finished_at timestamptz
);
create index job_waiting on job (state, created_at);

create function audit_entry_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'audit entries are append-only';
end $$;
create trigger audit_entry_no_change before update or delete on audit_entry
    for each row execute function audit_entry_is_append_only();
