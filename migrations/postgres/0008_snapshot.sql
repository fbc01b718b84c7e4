-- Month snapshots: the score of a campaign at the end of a month, as it was known then, frozen.

-- A row is written once and never changed; the audit carries its digest. on_day: the last day of the month.
-- stands_on: the last audit entry when it was computed. points, assessed_points, total_points, pass_points: exact numbers as text.
-- body: areas, indicators and units with their names, as JSON. digest: over every other column.
create table score_snapshot (
    id uuid primary key not null,
    campaign_id uuid not null references campaign (id),
    on_day date not null,
    made_at timestamptz not null,
    made_by text collate "C" not null,
    stands_on bigint not null,
    engine_version bigint not null,
    pack text collate "C" not null,
    pack_version bigint not null,
    pack_fingerprint text collate "C" not null,
    points text collate "C" not null,
    assessed_points text collate "C" not null,
    total_points text collate "C" not null,
    pass_points text collate "C",
    body text collate "C" not null,
    digest text collate "C" not null,
    unique (campaign_id, on_day)
);

create function score_snapshot_is_frozen() returns trigger language plpgsql as $$
begin
    raise exception 'snapshots are frozen';
end $$;
create trigger score_snapshot_no_change before update or delete on score_snapshot
    for each row execute function score_snapshot_is_frozen();
