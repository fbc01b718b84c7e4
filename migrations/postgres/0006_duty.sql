-- Who answers for what: every duty as a line of versions, each version a row that is never altered but ended.
-- An act (drafting, a change, a cascade, an import, its undoing) makes rows and ends rows; the audit vouches for the act.

create table duty_act (
    id uuid primary key not null,
    campaign_id uuid not null references campaign (id),
    kind text collate "C" not null,
    reason text collate "C" not null,
    undoes_id uuid references duty_act (id),
    file_name text collate "C",
    at timestamptz not null,
    made_by text collate "C" not null
);
create index duty_act_by_time on duty_act (campaign_id, at);

-- part: lead (one an indicator), support, carry (a subdistrict's or community's share). Days are half-open: [valid_from, valid_to).
create table duty (
    id uuid primary key not null,
    line_id uuid not null,
    row_version bigint not null,
    campaign_id uuid not null references campaign (id),
    indicator text collate "C" not null,
    unit_id uuid not null references unit (id),
    part text collate "C" not null,
    post_id uuid references post (id),
    due_on date,
    done_on date,
    parent_line uuid,
    note text collate "C" not null,
    valid_from date not null,
    valid_to date,
    made_by_act uuid not null references duty_act (id),
    ended_by_act uuid references duty_act (id)
);
create unique index duty_now on duty (line_id) where ended_by_act is null;
create unique index duty_one_lead on duty (campaign_id, indicator) where part = 'lead' and ended_by_act is null;
create unique index duty_one_place on duty (campaign_id, indicator, unit_id) where ended_by_act is null;
create index duty_by_line on duty (line_id, row_version);
create index duty_by_act on duty (made_by_act);
create index duty_by_end on duty (ended_by_act);

-- One reminder a community, lead unit and day.
create table duty_reminder (
    id uuid primary key not null,
    campaign_id uuid not null references campaign (id),
    lead_id uuid not null references unit (id),
    unit_id uuid not null references unit (id),
    on_day date not null,
    codes text collate "C" not null
);
create unique index duty_reminder_once on duty_reminder (campaign_id, lead_id, unit_id, on_day);

-- A department's own plan for an indicator it leads: its aim, and steps with their days.
create table duty_plan (
    id uuid primary key not null,
    campaign_id uuid not null references campaign (id),
    unit_id uuid not null references unit (id),
    indicator text collate "C" not null,
    target text collate "C" not null,
    row_version bigint not null,
    saved_at timestamptz not null,
    saved_by text collate "C" not null
);
create unique index duty_plan_one on duty_plan (campaign_id, unit_id, indicator);

create table duty_step (
    plan_id uuid not null references duty_plan (id),
    place bigint not null,
    what text collate "C" not null,
    due_on date,
    progress bigint not null,
    done_on date,
    primary key (plan_id, place)
);
