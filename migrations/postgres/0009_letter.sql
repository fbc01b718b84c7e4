-- Letters of responsibility that were signed: whose, by whom, when, and what they said then. A later letter follows an earlier one.

create table duty_letter (
    id uuid primary key not null,
    campaign_id uuid not null references campaign (id),
    unit_id uuid not null references unit (id),
    post_id uuid references post (id),
    signed_on date not null,
    signed_by text collate "C" not null,
    given_by text collate "C" not null,
    duties bigint not null,
    content text collate "C" not null,
    at timestamptz not null,
    made_by text collate "C" not null
);
create index duty_letter_by_unit on duty_letter (campaign_id, unit_id, at);
