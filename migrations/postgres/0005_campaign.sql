-- Campaigns: what title is sought, on whose paper, by when, with what money. Several work on the same facts, each to its own standard.

-- key: stands in addresses and never changes; `main` is the first campaign of every district.
-- level: national, provincial, city, district. state: planned, running, named, kept, closed.
-- target_points, pass_points: exact numbers as text; without pass_points the pass mark of the standard counts.
-- budget: fen. mark: real, inferred or synthetic, where the data says so. row_version: the save that a form was made from.
create table campaign (
    id uuid primary key not null,
    key text collate "C" not null unique,
    title text collate "C" not null,
    level text collate "C" not null,
    state text collate "C" not null,
    approving_document text collate "C",
    approved_by text collate "C",
    cycle_from date,
    cycle_to date,
    target_points text collate "C",
    pass_points text collate "C",
    budget bigint,
    note text collate "C",
    mark text collate "C",
    official_order bigint not null,
    row_version bigint not null,
    saved_at timestamptz not null,
    saved_by text not null
);

-- kind: notice, plan, document, honour, liaison, self_check, application, evaluation, naming, recheck, other.
create table campaign_date (
    id uuid primary key not null,
    campaign_id uuid not null references campaign (id),
    kind text collate "C" not null,
    on_day date not null,
    title text collate "C" not null,
    document text collate "C",
    note text collate "C",
    mark text collate "C",
    done boolean not null
);
create index campaign_date_by_campaign on campaign_date (campaign_id, on_day);

-- amount: fen.
create table campaign_cost (
    id uuid primary key not null,
    campaign_id uuid not null references campaign (id),
    on_day date not null,
    amount bigint not null,
    purpose text collate "C" not null,
    document text collate "C"
);
create index campaign_cost_by_campaign on campaign_cost (campaign_id, on_day);

-- A pin of before belongs to the first campaign; the row says so as soon as there is one.
alter table standard_pin add column campaign_id uuid references campaign (id);
create index standard_pin_campaign on standard_pin (campaign_id, since);
