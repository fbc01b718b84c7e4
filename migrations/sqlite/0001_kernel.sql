-- The kernel's own tables: district, units, persons and posts, accounts, audit, records' history, to-dos, files, jobs.
-- Types in the words of both engines: blob = uuid (ids), text, integer = bigint, boolean, date,
-- datetime = timestamptz (UTC, microseconds). Intervals are half-open: [valid_from, valid_to).

create table district_setting (
    key text primary key not null,
    value text not null
);

create table unit (
    id blob primary key not null,
    key text not null unique,
    kind text not null,
    name text not null,
    official_order integer not null,
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
    unit_id blob not null references unit (id),
    parent_id blob not null references unit (id),
    valid_from date not null,
    valid_to date,
    primary key (unit_id, parent_id, valid_from)
);

-- Every unit is its own descendant at depth 0.
create table unit_closure (
    ancestor_id blob not null references unit (id),
    descendant_id blob not null references unit (id),
    depth integer not null,
    valid_from date not null,
    valid_to date,
    primary key (ancestor_id, descendant_id, valid_from)
);
create index unit_closure_up on unit_closure (descendant_id);

create table unit_lineage (
    id blob primary key not null,
    from_id blob not null references unit (id),
    to_id blob not null references unit (id),
    kind text not null,
    effective_on date not null,
    document text
);

create table person (
    id blob primary key not null,
    key text not null unique,
    name text not null,
    status text not null default 'real'
);

create table post (
    id blob primary key not null,
    key text not null unique,
    unit_id blob not null references unit (id),
    name text not null,
    official_order integer not null
);
create index post_by_unit on post (unit_id);

create table post_grant (
    post_id blob not null references post (id),
    role text not null,
    scope_unit_id blob not null references unit (id),
    primary key (post_id, role, scope_unit_id)
);

-- part: holder (A), deputy (B). is_main is false for a post held beside the main one (兼任).
create table term (
    id blob primary key not null,
    post_id blob not null references post (id),
    person_id blob not null references person (id),
    part text not null,
    is_main boolean not null default true,
    valid_from date not null,
    valid_to date
);
create index term_by_post on term (post_id);
create index term_by_person on term (person_id);

create table account (
    id blob primary key not null,
    person_id blob not null unique references person (id),
    login text not null unique,
    password_hash text not null,
    must_change boolean not null default true,
    failures integer not null default 0,
    locked_until datetime,
    disabled boolean not null default false,
    lang text not null default 'zh-CN',
    theme text not null default 'light',
    type_size text not null default 'normal',
    created_at datetime not null
);

create table session (
    id_hash text primary key not null,
    account_id blob not null references account (id),
    post_id blob references post (id),
    created_at datetime not null,
    last_seen_at datetime not null,
    client text
);
create index session_by_account on session (account_id);

create table api_token (
    id blob primary key not null,
    account_id blob not null references account (id),
    post_id blob not null references post (id),
    name text not null,
    secret_hash text not null unique,
    rights text not null,
    created_at datetime not null,
    expires_at datetime not null,
    revoked_at datetime,
    last_used_at datetime
);

create table audit_entry (
    seq integer primary key not null,
    at datetime not null,
    channel text not null,
    account_id blob,
    post_id blob,
    actor text not null,
    action text not null,
    subject_kind text not null,
    subject_id blob,
    detail text not null,
    digest text,
    prev_hash text not null,
    hash text not null
);
create index audit_by_subject on audit_entry (subject_kind, subject_id, seq);
create index audit_by_time on audit_entry (at);

create table audit_head (
    id integer primary key not null,
    algorithm text not null,
    seq integer not null,
    hash text not null,
    mac text not null
);

-- One row for every version of every register record: what history, correction and "as of that day" are read from.
create table record_version (
    register text not null,
    record_id blob not null,
    version integer not null,
    unit_id blob not null references unit (id),
    at datetime not null,
    actor text not null,
    channel text not null,
    typed integer not null,
    deleted boolean not null,
    body text not null,
    primary key (register, record_id, version)
);
create index record_version_by_time on record_version (register, at);
create index record_version_by_unit on record_version (unit_id, at);

create table coverage (
    id blob primary key not null,
    register text not null,
    unit_id blob not null references unit (id),
    period text not null,
    complete boolean not null,
    version integer not null,
    at datetime not null,
    actor text not null
);
create index coverage_by_place on coverage (register, unit_id, period, version);

create table lifecycle_step (
    id blob primary key not null,
    register text not null,
    record_id blob not null,
    transition text not null,
    from_state text not null,
    to_state text not null,
    person_id blob references person (id),
    post_id blob references post (id),
    reason text,
    at datetime not null
);
create index lifecycle_step_by_record on lifecycle_step (register, record_id, at);

create table todo (
    id blob primary key not null,
    kind text not null,
    register text,
    record_id blob,
    state text not null,
    title text not null,
    unit_id blob references unit (id),
    post_id blob not null references post (id),
    sent_by_post blob references post (id),
    sent_by text not null,
    due_on date,
    created_at datetime not null,
    done_at datetime,
    done_by text
);
create index todo_by_post on todo (post_id, state, due_on);
create index todo_by_record on todo (register, record_id);

create table attachment (
    id blob primary key not null,
    register text not null,
    record_id blob not null,
    kind text not null,
    name text not null,
    media_type text not null,
    size integer not null,
    sha256 text not null,
    added_at datetime not null,
    added_by text not null,
    removed_at datetime,
    removed_reason text
);
create index attachment_by_record on attachment (register, record_id);

create table job (
    id blob primary key not null,
    kind text not null,
    args text not null,
    state text not null,
    done integer not null default 0,
    total integer not null default 0,
    note text,
    result text,
    attempts integer not null default 0,
    rights text,
    account_id blob,
    post_id blob,
    created_at datetime not null,
    started_at datetime,
    heartbeat_at datetime,
    finished_at datetime
);
create index job_waiting on job (state, created_at);

create trigger audit_entry_no_update before update on audit_entry
begin
    select raise(abort, 'audit entries are append-only');
end;
create trigger audit_entry_no_delete before delete on audit_entry
begin
    select raise(abort, 'audit entries are append-only');
end;
