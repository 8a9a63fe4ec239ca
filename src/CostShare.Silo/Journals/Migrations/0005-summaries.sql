-- What a street office needs of every building, as it stands. Stored with the entry that changed it; rows are made again from the journal at any time.
create table costshare.summary (
    building text collate "C" constraint summary_building primary key
        check (building ~ '^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$'),
    -- The first day at whose end it counts, in China.
    since date not null,
    street text collate "C" not null,
    -- '' where it stands in none.
    estate text collate "C" not null,
    -- The summary as JSON.
    content text collate "C" not null,
    -- What it adds to the sums of its estate, street and city: each key once, none with 0.
    keys text[] collate "C" not null,
    sums bigint[] not null,
    -- The numbers of the certificates that its subsidies name.
    certificates text[] collate "C" not null,
    constraint summary_sums check (cardinality(keys) = cardinality(sums))
);
-- Most changes leave what is indexed as it is, and find room beside the row.
alter table costshare.summary set (fillfactor = 75);
create index summary_part on costshare.summary (street, estate);
create index summary_certificates on costshare.summary using gin (certificates);

-- The last summary of every earlier day on which it changed.
create table costshare.summary_past (
    building text collate "C" not null
        check (building ~ '^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$'),
    since date not null,
    street text collate "C" not null,
    estate text collate "C" not null,
    content text collate "C" not null,
    keys text[] collate "C" not null,
    sums bigint[] not null,
    constraint summary_past_day primary key (building, since),
    constraint summary_past_sums check (cardinality(keys) = cardinality(sums))
);
create index summary_past_part on costshare.summary_past (street, estate);

create function costshare.keep_past_summary() returns trigger language plpgsql as $$
begin
    insert into costshare.summary_past (building, since, street, estate, content, keys, sums)
    values (old.building, old.since, old.street, old.estate, old.content, old.keys, old.sums)
    on conflict (building, since) do update
    set street = excluded.street, estate = excluded.estate, content = excluded.content, keys = excluded.keys, sums = excluded.sums;
    return null;
end $$;
create trigger summary_past after update on costshare.summary for each row when (new.since > old.since) execute function costshare.keep_past_summary();

-- Changes of the sums of the city (0), its streets (1) and their estates (2): added up by key they are always the sums over costshare.summary. Several
-- rows stand for one key, so that no building waits for another; now and then they are put together.
create table costshare.tally (
    level smallint not null,
    street text collate "C" not null,
    estate text collate "C" not null,
    key text collate "C" not null,
    sum numeric not null
);
create index tally_part on costshare.tally (level, street, estate);
-- Much of it is replaced when it is put together.
alter table costshare.tally set (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);

-- The buildings that could not be read when summaries were last made; whoever stores a summary has read its building.
create table costshare.summary_unreadable (
    building text collate "C" constraint summary_unreadable_building primary key
        check (building ~ '^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$')
);

create function costshare.tally_summary() returns trigger language plpgsql as $$
begin
    delete from costshare.summary_unreadable where building = new.building;
    insert into costshare.tally (level, street, estate, key, sum)
    select part.level, part.street, part.estate, change.key, sum(change.sum)
    from (
        select old.street, old.estate, gone.key, -gone.sum::numeric from unnest(old.keys, old.sums) as gone (key, sum)
        union all
        select new.street, new.estate, come.key, come.sum from unnest(new.keys, new.sums) as come (key, sum)
    ) as change (street, estate, key, sum)
    cross join lateral (values (0, '', ''), (1, change.street, ''), (2, change.street, change.estate)) as part (level, street, estate)
    group by part.level, part.street, part.estate, change.key
    having sum(change.sum) <> 0;
    return null;
end $$;
create trigger summary_tally after insert or update or delete on costshare.summary for each row execute function costshare.tally_summary();

create function costshare.forget_tallies() returns trigger language plpgsql as $$
begin
    delete from costshare.tally;
    return null;
end $$;
create trigger summary_forgotten after truncate on costshare.summary execute function costshare.forget_tallies();

-- The SHA-256 of the policies by which the tallies were made; where it is missing, or another than that of the program, all are made again.
create table costshare.summary_basis (
    one boolean constraint summary_basis_one primary key default true check (one),
    sha256 bytea not null check (octet_length(sha256) = 32)
);
