-- What happened to every building. Rows are added and never changed.
create table costshare.journal (
    building text collate "C" not null,
    version bigint not null check (version > 0),
    command text collate "C" not null,
    -- The entry as JSON. Bytes, because the hash is of bytes, and text and jsonb refuse U+0000.
    line bytea not null,
    -- The SHA-256 of the hash before it in hexadecimal and the line.
    hash bytea not null check (octet_length(hash) = 32),
    constraint journal_version primary key (building, version),
    constraint journal_command unique (building, command)
);

-- The last entry of every building: what an append compares with and swaps, and what tells that the last entries are gone.
create table costshare.head (
    building text collate "C" constraint head_building primary key
        check (building ~ '^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$'),
    version bigint not null check (version > 0),
    hash bytea not null check (octet_length(hash) = 32)
);
-- Every append changes its row in place.
alter table costshare.head set (fillfactor = 50);
