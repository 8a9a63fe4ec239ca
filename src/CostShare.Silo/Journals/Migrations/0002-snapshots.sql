-- What opens a building without all that ever happened to it. Rows may be deleted at any time: they are made again.
create table costshare.snapshot (
    building text collate "C" constraint snapshot_building primary key,
    version bigint not null check (version > 0),
    -- The hash of the entry of that version: a snapshot counts only where the journal holds that entry.
    hash bytea not null check (octet_length(hash) = 32),
    -- With a checksum and all of the above in it, as in the files.
    content bytea not null
);
