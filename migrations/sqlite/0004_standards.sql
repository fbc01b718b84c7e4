-- Standards as data: every version of a pack with its texts, and which one the district works to since when.
-- A published row never changes again; the audit carries the digest of its texts.

-- state: draft, published. origin: built_in, copied, imported. row_version: the save that a form was made from.
-- fingerprint: of a pack that can be read; none while a draft has faults.
create table standard_pack (
    id blob primary key not null,
    pack text not null,
    pack_version integer not null,
    name text not null,
    state text not null,
    origin text not null,
    row_version integer not null,
    standard text not null,
    measures text not null,
    migration text not null,
    tests text not null,
    words text not null,
    fingerprint text,
    faults integer not null,
    made_at datetime not null,
    made_by text not null,
    saved_at datetime not null,
    saved_by text not null,
    published_at datetime,
    published_by text
);
create unique index standard_pack_published on standard_pack (pack, pack_version) where state = 'published';

-- What a change to another version would do, as somebody with the right to pin it saw it.
create table standard_dry_run (
    id blob primary key not null,
    from_id blob not null references standard_pack (id),
    to_id blob not null references standard_pack (id),
    on_day date not null,
    account_id blob,
    made_at datetime not null,
    made_by text not null,
    points_before text not null,
    assessed_before text not null,
    points_after text not null,
    assessed_after text not null
);
create index standard_dry_run_to on standard_dry_run (to_id);

-- The version the district works to, from a moment until the next row.
create table standard_pin (
    id blob primary key not null,
    pack_id blob not null references standard_pack (id),
    since datetime not null,
    pinned_by text not null,
    reason text not null,
    dry_run_id blob references standard_dry_run (id)
);
create index standard_pin_since on standard_pin (since);
