-- Registers of the foundations: community premises, department figures, approvals of a community's set-up.

create table premises (
    id blob primary key not null,
    unit_id blob not null references unit (id),
    state text not null,
    version integer not null,
    created_at datetime not null,
    created_by text not null,
    updated_at datetime not null,
    updated_by text not null,
    removed text,
    title_key text not null,
    search_text text not null,
    number text not null,
    name text not null,
    kind text not null,
    works text not null,
    address text,
    floor_area integer,
    title_paper text,
    title_number text,
    approved_on date,
    completed_on date,
    accepted_on date,
    contact_phone text,
    note text
);
create index premises_by_unit on premises (unit_id);

create table premises_room (
    id blob primary key not null,
    record_id blob not null references premises (id),
    row_order integer not null,
    purpose text not null,
    floor_area integer not null
);
create index premises_room_by_record on premises_room (record_id);

create table premises_money (
    id blob primary key not null,
    record_id blob not null references premises (id),
    row_order integer not null,
    source text not null,
    amount integer not null,
    paid_on date,
    document text
);
create index premises_money_by_record on premises_money (record_id);

create table series (
    id blob primary key not null,
    unit_id blob not null references unit (id),
    state text not null,
    version integer not null,
    created_at datetime not null,
    created_by text not null,
    updated_at datetime not null,
    updated_by text not null,
    removed text,
    title_key text not null,
    search_text text not null,
    measure text not null,
    period text not null,
    value integer,
    numerator integer,
    denominator integer,
    source_document text not null,
    reported_by text,
    published_on date,
    note text
);
create index series_by_unit on series (unit_id, measure, period);

create table setup_approval (
    id blob primary key not null,
    unit_id blob not null references unit (id),
    state text not null,
    version integer not null,
    created_at datetime not null,
    created_by text not null,
    updated_at datetime not null,
    updated_by text not null,
    removed text,
    title_key text not null,
    search_text text not null,
    document_number text not null,
    document_title text not null,
    issuer text not null,
    issued_on date not null,
    note text
);
create index setup_approval_by_unit on setup_approval (unit_id);
