-- Standards as data: every version of a pack with its texts, and which one the district works to since when.
-- A published row never changes again; the audit carries the digest of its texts.

-- state: draft, published. origin: built_in, copied, imported. row_version: the save that a form was made from.
-- fingerprint: of a pack that can be read; none while a draft has faults.
create table standard_pack (
    id uuid primary key not null,
    pack text collate "C" not null,
    pack_version bigint not null,
    name text collate "C" not null,
    state text collate "C" not null,
    origin text collate "C" not null,
    row_version bigint not null,
    standard text collate "C" not null,
    measures text collate "C" not null,
    migration text collate "C" not null,
    tests text collate "C" not null,
    words text collate "C" not null,
    fingerprint text collate "C",
    faults bigint not null,
    made_at timestamptz not null,
    made_by text collate "C" not null,
    saved_at timestamptz not null,
    saved_by text collate "C" not null,
    published_at timestamptz,
    published_by text collate "C"
);
create unique index standard_pack_published on standard_pack (pack, pack_version) where state = 'published';

-- What a change to another version would do, as somebody with the right to pin it saw it.
create table standard_dry_run (
    id uuid primary key not null,
    from_id uuid not null references standard_pack (id),
    to_id uuid not null references standard_pack (id),
    on_day date not null,
    account_id uuid,
    made_at timestamptz not null,
    made_by text collate "C" not null,
    points_before text collate "C" not null,
    assessed_before text collate "C" not null,
    points_after text collate "C" not null,
    assessed_after text collate "C" not null
);
create index standard_dry_run_to on standard_dry_run (to_id);

-- The version the district works to, from a moment until the next row.
create table standard_pin (
    id uuid primary key not null,
    pack_id uuid not null references standard_pack (id),
    since timestamptz not null,
    pinned_by text collate "C" not null,
    reason text collate "C" not null,
    dry_run_id uuid references standard_dry_run (id)
);
create index standard_pin_since on standard_pin (since);
