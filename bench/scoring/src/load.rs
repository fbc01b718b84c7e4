//! Reads the data set into a table: each column straight into the integers and the bitmap that are scored.

use std::fs::File;
use std::path::Path;

use anyhow::{Context as _, Result};
use hejian_scoring::batch::{self, Column, Part, Place, Table, Tree};
use hejian_scoring::pack::{Level, Pack};
use parquet::column::reader::get_typed_column_reader;
use parquet::data_type::Int32Type;
use parquet::file::reader::{FileReader as _, SerializedFileReader};

use crate::data::{self, ABOVE};

/// A table and, by level from the communities up, the units of each in the order of their ids.
pub struct Loaded {
    pub table: Table,
    pub units: [Vec<usize>; 6],
}

/// Reads everything with as many threads as asked for.
pub fn load(folder: &Path, pack: &Pack, threads: usize) -> Result<Loaded> {
    let (tree, units) = tree(folder)?;
    let mut table = Table::new(tree);
    let needs = batch::needs(pack)?;
    let next = std::sync::atomic::AtomicUsize::new(0);
    let read = || -> Result<Vec<(usize, Column)>> {
        let mut done = Vec::new();
        while let Some((measure, level)) = needs.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
            let at = needs.iter().position(|(other, found)| other == measure && found == level).unwrap_or_default();
            let (values, valid) = column(folder, *level, &data::column(measure))?;
            done.push((at, Column::narrow(values, data::places(measure), valid)));
        }
        Ok(done)
    };
    let mut columns = std::thread::scope(|scope| -> Result<Vec<(usize, Column)>> {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(read)).collect();
        let mut all = read()?;
        for other in others {
            all.extend(other.join().map_err(|_| anyhow::anyhow!("a reader stopped"))??);
        }
        Ok(all)
    })?;
    columns.sort_by_key(|(at, _)| *at);
    for ((measure, level), (_, column)) in needs.iter().zip(columns) {
        table.add(measure, *level, Part::Value, column)?;
    }
    Ok(Loaded { table, units })
}

/// One column of a level: values (0 where null) and a bitmap where anything is null.
fn column(folder: &Path, level: Level, name: &str) -> Result<(Vec<i32>, Option<Vec<u64>>)> {
    let path = folder.join(data::file(level));
    let reader = SerializedFileReader::new(File::open(&path)?).with_context(|| path.display().to_string())?;
    let meta = reader.metadata();
    let schema = meta.file_metadata().schema_descr();
    let at = (0..schema.num_columns()).find(|i| schema.column(*i).name() == name);
    let at = at.with_context(|| format!("{} has no column {name}", path.display()))?;
    let optional = schema.column(at).max_def_level() > 0;
    let rows = meta.file_metadata().num_rows() as usize;
    let mut values: Vec<i32> = Vec::with_capacity(rows);
    let mut words: Vec<u64> = if optional { vec![0; rows.div_ceil(64)] } else { Vec::new() };
    let mut levels: Vec<i16> = Vec::new();
    let mut nulls = false;
    for group in 0..reader.num_row_groups() {
        let group = reader.get_row_group(group)?;
        let count = group.metadata().num_rows() as usize;
        let mut column = get_typed_column_reader::<Int32Type>(group.get_column_reader(at)?);
        let base = values.len();
        levels.clear();
        let mut read = 0;
        while read < count {
            let (records, ..) =
                column.read_records(count - read, optional.then_some(&mut levels), None, &mut values)?;
            anyhow::ensure!(records > 0, "{name} ends early");
            read += records;
        }
        if optional {
            // Known values come packed; they are moved to their rows from the end.
            let mut from = values.len();
            values.resize(base + count, 0);
            for row in (0..count).rev() {
                if levels[row] > 0 {
                    from -= 1;
                    values[base + row] = values[from];
                    words[(base + row) / 64] |= 1 << ((base + row) % 64);
                } else {
                    values[base + row] = 0;
                    nulls = true;
                }
            }
        }
    }
    Ok((values, nulls.then_some(words)))
}

/// The tree in depth-first order, and the units of each level.
fn tree(folder: &Path) -> Result<(Tree, [Vec<usize>; 6])> {
    // Parents by level, from the communities' subdistricts to the cities' provinces.
    let ids = |level, name: &str| column(folder, level, name).map(|(values, _)| values);
    let subdistricts = ids(Level::Community, ABOVE[0])?;
    let districts = ids(Level::Subdistrict, ABOVE[1])?;
    let cities = ids(Level::District, ABOVE[2])?;
    let provinces_of_districts = ids(Level::District, ABOVE[3])?;
    let mut provinces = Vec::new();
    for (city, province) in cities.iter().zip(&provinces_of_districts) {
        if provinces.len() <= *city as usize {
            provinces.push(*province);
        }
    }
    let above: [&[i32]; 4] = [&subdistricts, &districts, &cities, &provinces];
    let levels = [Some(Level::Community), Some(Level::Subdistrict), Some(Level::District), None, None, None];
    let mut places = vec![Place { level: None, parent: None, in_being: true }];
    let mut units: [Vec<usize>; 6] = Default::default();
    units[5].push(0);
    let mut open = [u32::MAX; 4];
    for community in 0..subdistricts.len() {
        let mut id = community as i32;
        let mut chain = [id; 5];
        for (step, parents) in above.iter().enumerate() {
            id = parents[id as usize];
            chain[step + 1] = id;
        }
        let mut parent = 0;
        for level in (0..5).rev() {
            let known = level > 0 && units[level].len() > chain[level] as usize;
            if known {
                parent = open[level - 1];
                continue;
            }
            let unit = places.len() as u32;
            places.push(Place { level: levels[level], parent: Some(parent), in_being: true });
            units[level].push(unit as usize);
            if level > 0 {
                open[level - 1] = unit;
            }
            parent = unit;
        }
    }
    Ok((Tree::new(places)?, units))
}
