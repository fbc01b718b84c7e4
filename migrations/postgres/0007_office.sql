-- The office around the work: what a to-do leads to, who passed it on or asked after it; messages; leaders' instructions.

alter table todo add column href text collate "C";
-- From which post it was passed on (转办), and when somebody last asked after it (催办).
alter table todo add column moved_from uuid references post (id);
alter table todo add column nudged_on date;
alter table todo add column nudges bigint not null default 0;
create index todo_by_sender on todo (sent_by_post, state);
create index todo_by_unit on todo (unit_id, state);

-- What happened to a post. title and note are data; a job's title is the key of its name.
create table message (
    id uuid primary key not null,
    post_id uuid not null references post (id),
    kind text collate "C" not null,
    title text collate "C" not null,
    note text collate "C",
    href text collate "C",
    todo_id uuid references todo (id),
    sent_by text collate "C" not null,
    at timestamptz not null,
    read_at timestamptz,
    read_by text collate "C"
);
create index message_by_post on message (post_id, read_at, at);
create index message_by_todo on message (todo_id);

-- 批示: about is what it was written on (unit:…, record:…:…, indicator:…, todo:…), with the name and address it had then.
create table instruction (
    id uuid primary key not null,
    about text collate "C" not null,
    about_title text collate "C" not null,
    about_href text collate "C" not null,
    words text collate "C" not null,
    due_on date not null,
    given_by text collate "C" not null,
    given_by_post uuid not null references post (id),
    given_at timestamptz not null
);
create index instruction_by_about on instruction (about);
create index instruction_by_giver on instruction (given_by_post, given_at);

-- One row for each post that must answer. state: given, replied, closed, cancelled.
create table instruction_order (
    id uuid primary key not null,
    instruction_id uuid not null references instruction (id),
    post_id uuid not null references post (id),
    unit_id uuid not null references unit (id),
    state text collate "C" not null,
    row_version bigint not null,
    due_on date not null,
    reply text collate "C",
    reply_link text collate "C",
    replied_by text collate "C",
    replied_at timestamptz,
    closed_at timestamptz,
    unique (instruction_id, post_id)
);
create index instruction_order_by_post on instruction_order (post_id, state);
create index instruction_order_by_unit on instruction_order (unit_id, state);
