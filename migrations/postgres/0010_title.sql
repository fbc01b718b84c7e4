-- What to-dos and messages are about, in English too where that is known: an indicator has a name in both languages.

alter table todo add column title_en text collate "C";
alter table message add column title_en text collate "C";
