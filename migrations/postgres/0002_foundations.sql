-- Registers of the foundations: community premises, department figures, approvals of a community's set-up.

create table premises (
    id uuid primary key not null,
    unit_id uuid not null references unit (id),
    state text collate "C" not null,
    version bigint not null,
    created_at timestamptz not null,
    created_by text collate "C" not null,
    updated_at timestamptz not null,
    updated_by text collate "C" not null,
    removed text collate "C",
    title_key text collate "C" not null,
    search_text text collate "C" not null,
    number text collate "C" not null,
    name text collate "C" not null,
    kind text collate "C" not null,
    works text collate "C" not null,
    address text collate "C",
    floor_area bigint,
    title_paper text collate "C",
    title_number text collate "C",
    approved_on date,
    completed_on date,
    accepted_on date,
    contact_phone text collate "C",
    note text collate "C"
);
create index premises_by_unit on premises (unit_id);

create table premises_room (
    id uuid primary key not null,
    record_id uuid not null references premises (id),
    row_order bigint not null,
    purpose text collate "C" not null,
    floor_area bigint not null
);
create index premises_room_by_record on premises_room (record_id);

create table premises_money (
    id uuid primary key not null,
    record_id uuid not null references premises (id),
    row_order bigint not null,
    source text collate "C" not null,
    amount bigint not null,
    paid_on date,
    document text collate "C"
);
create index premises_money_by_record on premises_money (record_id);

create table series (
    id uuid primary key not null,
    unit_id uuid not null references unit (id),
    state text collate "C" not null,
    version bigint not null,
    created_at timestamptz not null,
    created_by text collate "C" not null,
    updated_at timestamptz not null,
    updated_by text collate "C" not null,
    removed text collate "C",
    title_key text collate "C" not null,
    search_text text collate "C" not null,
    measure text collate "C" not null,
    period text collate "C" not null,
    value bigint,
    numerator bigint,
    denominator bigint,
    source_document text collate "C" not null,
    reported_by text collate "C",
    published_on date,
    note text collate "C"
);
create index series_by_unit on series (unit_id, measure, period);

create table setup_approval (
    id uuid primary key not null,
    unit_id uuid not null references unit (id),
    state text collate "C" not null,
    version bigint not null,
    created_at timestamptz not null,
    created_by text collate "C" not null,
    updated_at timestamptz not null,
    updated_by text collate "C" not null,
    removed text collate "C",
    title_key text collate "C" not null,
    search_text text collate "C" not null,
    document_number text collate "C" not null,
    document_title text collate "C" not null,
    issuer text collate "C" not null,
    issued_on date not null,
    note text collate "C"
);
create index setup_approval_by_unit on setup_approval (unit_id);
