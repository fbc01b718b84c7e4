-- Letters of responsibility that were signed: whose, by whom, when, and what they said then. A later letter follows an earlier one.

create table duty_letter (
    id blob primary key not null,
    campaign_id blob not null references campaign (id),
    unit_id blob not null references unit (id),
    post_id blob references post (id),
    signed_on date not null,
    signed_by text not null,
    given_by text not null,
    duties integer not null,
    content text not null,
    at datetime not null,
    made_by text not null
);
create index duty_letter_by_unit on duty_letter (campaign_id, unit_id, at);
