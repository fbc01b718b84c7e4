-- Campaigns: what title is sought, on whose paper, by when, with what money. Several work on the same facts, each to its own standard.

-- key: stands in addresses and never changes; `main` is the first campaign of every district.
-- level: national, provincial, city, district. state: planned, running, named, kept, closed.
-- target_points, pass_points: exact numbers as text; without pass_points the pass mark of the standard counts.
-- budget: fen. mark: real, inferred or synthetic, where the data says so. row_version: the save that a form was made from.
create table campaign (
    id blob primary key not null,
    key text not null unique,
    title text not null,
    level text not null,
    state text not null,
    approving_document text,
    approved_by text,
    cycle_from date,
    cycle_to date,
    target_points text,
    pass_points text,
    budget integer,
    note text,
    mark text,
    official_order integer not null,
    row_version integer not null,
    saved_at datetime not null,
    saved_by text not null
);

-- kind: notice, plan, document, honour, liaison, self_check, application, evaluation, naming, recheck, other.
create table campaign_date (
    id blob primary key not null,
    campaign_id blob not null references campaign (id),
    kind text not null,
    on_day date not null,
    title text not null,
    document text,
    note text,
    mark text,
    done boolean not null
);
create index campaign_date_by_campaign on campaign_date (campaign_id, on_day);

-- amount: fen.
create table campaign_cost (
    id blob primary key not null,
    campaign_id blob not null references campaign (id),
    on_day date not null,
    amount integer not null,
    purpose text not null,
    document text
);
create index campaign_cost_by_campaign on campaign_cost (campaign_id, on_day);

-- A pin of before belongs to the first campaign; the row says so as soon as there is one.
alter table standard_pin add column campaign_id blob references campaign (id);
create index standard_pin_campaign on standard_pin (campaign_id, since);
