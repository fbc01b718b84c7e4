-- Month snapshots: the score of a campaign at the end of a month, as it was known then, frozen.

-- A row is written once and never changed; the audit carries its digest. on_day: the last day of the month.
-- stands_on: the last audit entry when it was computed. points, assessed_points, total_points, pass_points: exact numbers as text.
-- body: areas, indicators and units with their names, as JSON. digest: over every other column.
create table score_snapshot (
    id blob primary key not null,
    campaign_id blob not null references campaign (id),
    on_day date not null,
    made_at datetime not null,
    made_by text not null,
    stands_on integer not null,
    engine_version integer not null,
    pack text not null,
    pack_version integer not null,
    pack_fingerprint text not null,
    points text not null,
    assessed_points text not null,
    total_points text not null,
    pass_points text,
    body text not null,
    digest text not null,
    unique (campaign_id, on_day)
);

create trigger score_snapshot_no_update before update on score_snapshot
begin
    select raise(abort, 'snapshots are frozen');
end;
create trigger score_snapshot_no_delete before delete on score_snapshot
begin
    select raise(abort, 'snapshots are frozen');
end;
