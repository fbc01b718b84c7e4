-- The kernel's own tables: district, units, persons and posts, accounts, audit, records' history, to-dos, files, jobs.
-- Types in the words of both engines: blob = uuid (ids), text, integer = bigint, boolean, date,
-- datetime = timestamptz (UTC, microseconds). Intervals are half-open: [valid_from, valid_to).

create table district_setting (
    key text primary key not null,
    value text not null
);

create table unit (
    id uuid primary key not null,
    key text not null unique,
    kind text not null,
    name text not null,
    official_order bigint not null,
    code text,
    valid_from date not null,
    valid_to date,
    geometry text,
    is_key boolean not null default false,
    is_model boolean not null default false,
    name_status text not null default 'real',
    value_status text not null default 'real',
    note text
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
    kind text not null,
    effective_on date not null,
    document text
);

create table person (
    id uuid primary key not null,
    key text not null unique,
    name text not null,
    status text not null default 'real'
);

create table post (
    id uuid primary key not null,
    key text not null unique,
    unit_id uuid not null references unit (id),
    name text not null,
    official_order bigint not null
);
create index post_by_unit on post (unit_id);

create table post_grant (
    post_id uuid not null references post (id),
    role text not null,
    scope_unit_id uuid not null references unit (id),
    primary key (post_id, role, scope_unit_id)
);

-- part: holder (A), deputy (B).
create table term (
    id uuid primary key not null,
    post_id uuid not null references post (id),
    person_id uuid not null references person (id),
    part text not null,
    valid_from date not null,
    valid_to date
);
create index term_by_post on term (post_id);
create index term_by_person on term (person_id);

create table account (
    id uuid primary key not null,
    person_id uuid not null unique references person (id),
    login text not null unique,
    password_hash text not null,
    must_change boolean not null default true,
    failures bigint not null default 0,
    locked_until timestamptz,
    disabled boolean not null default false,
    lang text not null default 'zh-CN',
    theme text not null default 'light',
    type_size text not null default 'normal',
    created_at timestamptz not null
);

create table session (
    id_hash text primary key not null,
    account_id uuid not null references account (id),
    post_id uuid references post (id),
    created_at timestamptz not null,
    last_seen_at timestamptz not null,
    client text
);
create index session_by_account on session (account_id);

create table api_token (
    id uuid primary key not null,
    account_id uuid not null references account (id),
    post_id uuid not null references post (id),
    name text not null,
    secret_hash text not null unique,
    rights text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz,
    last_used_at timestamptz
);

create table audit_entry (
    seq bigint primary key not null,
    at timestamptz not null,
    channel text not null,
    account_id uuid,
    post_id uuid,
    actor text not null,
    action text not null,
    subject_kind text not null,
    subject_id uuid,
    detail text not null,
    digest text,
    prev_hash text not null,
    hash text not null
);
create index audit_by_subject on audit_entry (subject_kind, subject_id, seq);
create index audit_by_time on audit_entry (at);

create table audit_head (
    id bigint primary key not null,
    algorithm text not null,
    seq bigint not null,
    hash text not null,
    mac text not null
);

-- One row for every version of every register record: what history, correction and "as of that day" are read from.
create table record_version (
    register text not null,
    record_id uuid not null,
    version bigint not null,
    unit_id uuid not null references unit (id),
    at timestamptz not null,
    actor text not null,
    channel text not null,
    typed bigint not null,
    deleted boolean not null,
    body text not null,
    primary key (register, record_id, version)
);
create index record_version_by_time on record_version (register, at);
create index record_version_by_unit on record_version (unit_id, at);

create table coverage (
    id uuid primary key not null,
    register text not null,
    unit_id uuid not null references unit (id),
    period text not null,
    complete boolean not null,
    version bigint not null,
    at timestamptz not null,
    actor text not null
);
create index coverage_by_place on coverage (register, unit_id, period, version);

create table lifecycle_step (
    id uuid primary key not null,
    register text not null,
    record_id uuid not null,
    transition text not null,
    from_state text not null,
    to_state text not null,
    person_id uuid references person (id),
    post_id uuid references post (id),
    reason text,
    at timestamptz not null
);
create index lifecycle_step_by_record on lifecycle_step (register, record_id, at);

create table todo (
    id uuid primary key not null,
    kind text not null,
    register text,
    record_id uuid,
    state text not null,
    title text not null,
    unit_id uuid references unit (id),
    post_id uuid not null references post (id),
    sent_by_post uuid references post (id),
    sent_by text not null,
    due_on date,
    created_at timestamptz not null,
    done_at timestamptz,
    done_by text
);
create index todo_by_post on todo (post_id, state, due_on);
create index todo_by_record on todo (register, record_id);

create table attachment (
    id uuid primary key not null,
    register text not null,
    record_id uuid not null,
    kind text not null,
    name text not null,
    media_type text not null,
    size bigint not null,
    sha256 text not null,
    added_at timestamptz not null,
    added_by text not null,
    removed_at timestamptz,
    removed_reason text
);
create index attachment_by_record on attachment (register, record_id);

create table job (
    id uuid primary key not null,
    kind text not null,
    args text not null,
    state text not null,
    done bigint not null default 0,
    total bigint not null default 0,
    note text,
    result text,
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
