-- The office around the work: what a to-do leads to, who passed it on or asked after it; messages; leaders' instructions.

alter table todo add column href text;
-- From which post it was passed on (转办), and when somebody last asked after it (催办).
alter table todo add column moved_from blob references post (id);
alter table todo add column nudged_on date;
alter table todo add column nudges integer not null default 0;
create index todo_by_sender on todo (sent_by_post, state);
create index todo_by_unit on todo (unit_id, state);

-- What happened to a post. title and note are data; a job's title is the key of its name.
create table message (
    id blob primary key not null,
    post_id blob not null references post (id),
    kind text not null,
    title text not null,
    note text,
    href text,
    todo_id blob references todo (id),
    sent_by text not null,
    at datetime not null,
    read_at datetime,
    read_by text
);
create index message_by_post on message (post_id, read_at, at);
create index message_by_todo on message (todo_id);

-- 批示: about is what it was written on (unit:…, record:…:…, indicator:…, todo:…), with the name and address it had then.
create table instruction (
    id blob primary key not null,
    about text not null,
    about_title text not null,
    about_href text not null,
    words text not null,
    due_on date not null,
    given_by text not null,
    given_by_post blob not null references post (id),
    given_at datetime not null
);
create index instruction_by_about on instruction (about);
create index instruction_by_giver on instruction (given_by_post, given_at);

-- One row for each post that must answer. state: given, replied, closed, cancelled.
create table instruction_order (
    id blob primary key not null,
    instruction_id blob not null references instruction (id),
    post_id blob not null references post (id),
    unit_id blob not null references unit (id),
    state text not null,
    row_version integer not null,
    due_on date not null,
    reply text,
    reply_link text,
    replied_by text,
    replied_at datetime,
    closed_at datetime,
    unique (instruction_id, post_id)
);
create index instruction_order_by_post on instruction_order (post_id, state);
create index instruction_order_by_unit on instruction_order (unit_id, state);
