-- Departments stand in sections (party organs, government organs, …); other units have none.

alter table unit add column section text;
