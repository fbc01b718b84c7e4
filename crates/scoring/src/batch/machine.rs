//! A machine of whichever width the bounds ask for, and the feeding of its inputs from columns.

use std::borrow::Cow;
use std::ops::Range;

use num_bigint::BigInt;

use super::compile::RowProgram;
use super::figure::{Col, Condition};
use super::int::{Bounds, Int, Width};
use super::program::{Block, Machine, Program};
use super::table::Table;
use super::tree::NONE;

/// A machine of one width.
pub(super) enum AnyMachine<'p> {
    W32(Machine<'p, i32>),
    W64(Machine<'p, i64>),
    W128(Machine<'p, i128>),
    Any(Machine<'p, BigInt>),
}

impl<'p> AnyMachine<'p> {
    pub(super) fn new(program: &'p Program, inputs: &[Bounds]) -> Self {
        match program.width(inputs) {
            Width::W32 => AnyMachine::W32(Machine::new(program)),
            Width::W64 => AnyMachine::W64(Machine::new(program)),
            Width::W128 => AnyMachine::W128(Machine::new(program)),
            Width::Any => AnyMachine::Any(Machine::new(program)),
        }
    }
}

/// Runs a condition over rows of its level.
pub(super) struct Conditions<'p> {
    condition: &'p Condition,
    machine: AnyMachine<'p>,
    valids: Vec<Vec<u8>>,
}

impl<'p> Conditions<'p> {
    pub(super) fn new(table: &Table, condition: &'p Condition) -> Self {
        let bounds: Vec<Bounds> = condition.nums.iter().map(|col| table.column(*col).bounds.clone()).collect();
        let machine = AnyMachine::new(&condition.program, &bounds);
        Conditions { condition, machine, valids: vec![Vec::new(); condition.valids.len()] }
    }

    /// The truths of rows, one byte each.
    pub(super) fn run(&mut self, table: &Table, rows: Range<usize>, into: &mut Vec<u8>) {
        for (col, valid) in self.condition.valids.iter().zip(&mut self.valids) {
            table.column(*col).validity(rows.clone(), valid);
        }
        let (condition, valids) = (self.condition, &self.valids);
        match &mut self.machine {
            AnyMachine::W32(machine) => decide(table, condition, machine, valids, rows, into),
            AnyMachine::W64(machine) => decide(table, condition, machine, valids, rows, into),
            AnyMachine::W128(machine) => decide(table, condition, machine, valids, rows, into),
            AnyMachine::Any(machine) => decide(table, condition, machine, valids, rows, into),
        }
    }
}

fn decide<T: Int>(
    table: &Table,
    condition: &Condition,
    machine: &mut Machine<'_, T>,
    valids: &[Vec<u8>],
    rows: Range<usize>,
    into: &mut Vec<u8>,
) {
    let block = Block {
        len: rows.len(),
        nums: condition.nums.iter().map(|col| table.column(*col).slice(rows.clone())).collect(),
        truths: Vec::new(),
        valids: valids.iter().map(Vec::as_slice).collect(),
    };
    machine.run(&block);
    into.clear();
    into.extend_from_slice(machine.truth(&block, condition.truth));
}

/// Runs a rule over community rows.
pub(super) struct RowRules<'p> {
    source: &'p RowProgram,
    /// Points by truth where the rule looks at one condition alone.
    by_truth: Option<[i32; 4]>,
    machine: AnyMachine<'p>,
    valids: Vec<Vec<u8>>,
    gates: Vec<u8>,
}

impl<'p> RowRules<'p> {
    pub(super) fn new(table: &Table, source: &'p RowProgram) -> Self {
        let bounds: Vec<Bounds> = source.nums.iter().map(|(col, _)| table.column(*col).bounds.clone()).collect();
        let alone = source.nums.is_empty() && source.truths.len() == 1 && source.program.gate.is_none();
        let by_truth = alone.then(|| {
            let mut machine = Machine::<BigInt>::new(&source.program);
            let block = Block { len: 4, nums: Vec::new(), truths: vec![&[0, 1, 2, 0]], valids: Vec::new() };
            machine.run(&block);
            let mut points = Vec::new();
            machine.points(&block, &mut points);
            [points[0], points[1], points[2], points[3]]
        });
        let machine = AnyMachine::new(&source.program, &bounds);
        RowRules { source, by_truth, machine, valids: vec![Vec::new(); source.valids.len()], gates: Vec::new() }
    }

    /// Points of rows in hundredths; `truths` are the inputs by figure. The gate says where they count.
    pub(super) fn run(
        &mut self,
        table: &Table,
        truths: &[&[u8]],
        rows: Range<usize>,
        into: &mut Vec<i32>,
    ) -> Option<&[u8]> {
        if let Some(by_truth) = &self.by_truth {
            into.clear();
            into.extend(truths[0].iter().map(|truth| by_truth[usize::from(*truth & 3)]));
            return None;
        }
        for ((col, level), valid) in self.source.valids.iter().zip(&mut self.valids) {
            let column = table.column(*col);
            if *level == 2 {
                column.validity(rows.clone(), valid);
            } else {
                let above = &table.tree.above[*level][rows.clone()];
                valid.clear();
                valid.extend(above.iter().map(|row| u8::from(*row != NONE && column.known(*row as usize)) * 3));
            }
        }
        let (source, valids, gates) = (self.source, &self.valids, &mut self.gates);
        match &mut self.machine {
            AnyMachine::W32(machine) => score(table, source, machine, valids, truths, rows, into, gates),
            AnyMachine::W64(machine) => score(table, source, machine, valids, truths, rows, into, gates),
            AnyMachine::W128(machine) => score(table, source, machine, valids, truths, rows, into, gates),
            AnyMachine::Any(machine) => score(table, source, machine, valids, truths, rows, into, gates),
        }
        source.program.gate.map(|_| self.gates.as_slice())
    }
}

#[allow(clippy::too_many_arguments, reason = "one call for four widths; the arguments are the fields of its caller")]
fn score<T: Int>(
    table: &Table,
    source: &RowProgram,
    machine: &mut Machine<'_, T>,
    valids: &[Vec<u8>],
    truths: &[&[u8]],
    rows: Range<usize>,
    into: &mut Vec<i32>,
    gates: &mut Vec<u8>,
) {
    let nums = source.nums.iter().map(|(col, level)| gathered(table, *col, *level, rows.clone()));
    let block = Block {
        len: rows.len(),
        nums: nums.collect(),
        truths: truths.to_vec(),
        valids: valids.iter().map(Vec::as_slice).collect(),
    };
    machine.run(&block);
    machine.points(&block, into);
    if let Some(gate) = source.program.gate {
        gates.clear();
        gates.extend_from_slice(machine.valid(&block, gate));
    }
}

/// The integers of a column at community rows: their own, or those of the row above.
fn gathered<T: Int>(table: &Table, col: Col, level: usize, rows: Range<usize>) -> Cow<'_, [T]> {
    let column = table.column(col);
    if level == 2 {
        return column.slice(rows);
    }
    let above = &table.tree.above[level][rows];
    Cow::Owned(above.iter().map(|row| if *row == NONE { T::default() } else { column.raw(*row as usize) }).collect())
}
