//! Vector programs: an expression or a rule as a short list of operations over whole blocks of rows. Owns the operations, their
//! bounds and how they run; the rule that matters: every value is *integer over integer times a constant*, so nothing is ever
//! divided before points are rounded, and every comparison is a cross-multiplication.
//!
//! A truth is one byte a row: 1 true, 2 false, 0 unknown. A validity is one byte a row: 3 known, 0 unknown.

use std::borrow::Cow;

use num_bigint::BigInt;
use num_traits::One;

use super::int::{Bounds, Int, Width};
use crate::expr::Comparison;

/// Index of a register of integers, of truths, of validities.
pub(super) type Num = usize;
pub(super) type Truth = usize;
pub(super) type Valid = usize;

/// One operation; it writes the next register of its kind.
#[derive(Clone, Debug)]
pub(super) enum Op {
    Fill(BigInt),
    Scale(Num, BigInt),
    Times(Num, Num),
    Plus(Num, Num),
    Minus(Num, Num),
    Largest(Num, Num),
    Smallest(Num, Num),
    /// The first held between 0 and the second.
    Hold(Num, Num),
    HoldConst(Num, BigInt),
    Sign(Num),
    /// The constant where true, else 0.
    Pick(Truth, BigInt),
    /// The first where true, else the second.
    Choose(Truth, Num, Num),
    /// 0 where true.
    ZeroIf(Truth, Num),
    Compare(Comparison, Num, Num, Option<Valid>),
    CompareConst(Comparison, Num, BigInt, Option<Valid>),
    And(Truth, Truth),
    Or(Truth, Truth),
    Not(Truth),
    /// Known where the truth is.
    Known(Truth),
    Both(Valid, Valid),
    /// Known where the first is and the second is not.
    Except(Valid, Valid),
    /// As the first where true, else as the second.
    Either(Truth, Option<Valid>, Option<Valid>),
    /// Known where the first is a whole multiple of the second.
    Divides(Num, Num),
    /// Known where the number is not 0.
    NotZero(Num),
    /// Known where the truth is true, or where it is false and the other known.
    Unless(Truth, Option<Valid>),
    /// Known where the first comparison of constants times numbers holds: `a * c >= b * d`.
    Within(Num, BigInt, Num, BigInt),
}

/// A program: inputs first, then what the operations write.
#[derive(Clone, Debug, Default)]
pub(super) struct Program {
    pub ops: Vec<Op>,
    pub num_inputs: usize,
    pub truth_inputs: usize,
    pub valid_inputs: usize,
    pub nums: usize,
    pub truths: usize,
    pub valids: usize,
    /// Top, bottom, and the constants of a final quotient to round: `top * p / (bottom * q)`.
    pub points: Option<Points>,
    /// Where the points count at all: all values of one period are known.
    pub gate: Option<Valid>,
    /// Where a veto of the rule is true.
    pub vetoed: Option<Truth>,
}

/// How points in hundredths follow from registers: `top * p / (bottom * q)`, rounded, where `valid`.
#[derive(Clone, Debug)]
pub(super) struct Points {
    pub top: Num,
    pub bottom: Option<Num>,
    pub p: BigInt,
    pub q: BigInt,
    pub valid: Option<Valid>,
}

/// Points of a row that is not assessed.
pub(super) const NOT_ASSESSED: i32 = i32::MIN;

impl Program {
    /// The width that holds every number on the way, given the bounds of the inputs.
    pub(super) fn width(&self, inputs: &[Bounds]) -> Width {
        let mut nums: Vec<Bounds> = inputs.to_vec();
        let mut width = inputs.iter().map(Bounds::width).max().unwrap_or(Width::W32);
        let just = |value: &BigInt| Bounds { lo: value.clone(), hi: value.clone() };
        for op in &self.ops {
            let found = match op {
                Op::Fill(c) => just(c),
                Op::Scale(a, c) => nums[*a].times(&just(c)),
                Op::Times(a, b) => nums[*a].times(&nums[*b]),
                Op::Plus(a, b) => nums[*a].plus(&nums[*b]),
                Op::Minus(a, b) => nums[*a].minus(&nums[*b]),
                Op::Largest(a, b) => nums[*a].max(&nums[*b]),
                Op::Smallest(a, b) => nums[*a].min(&nums[*b]),
                Op::Hold(_, top) => nums[*top].with(&Bounds::new(0, 0)),
                Op::HoldConst(_, top) => Bounds::new(0, top.clone()),
                Op::Sign(_) => Bounds::new(-1, 1),
                Op::Pick(_, c) => just(c).with(&Bounds::new(0, 0)),
                Op::Choose(_, a, b) => nums[*a].with(&nums[*b]),
                Op::ZeroIf(_, a) => nums[*a].with(&Bounds::new(0, 0)),
                Op::CompareConst(_, _, c, _) => {
                    width = width.max(just(c).width());
                    continue;
                }
                Op::Within(a, c, b, d) => {
                    width = width.max(nums[*a].times(&just(c)).width()).max(nums[*b].times(&just(d)).width());
                    continue;
                }
                _ => continue,
            };
            width = width.max(found.width());
            nums.push(found);
        }
        if let Some(points) = &self.points {
            let top = nums[points.top].times(&just(&points.p));
            let by = points
                .bottom
                .map_or_else(|| just(&BigInt::one()), |bottom| nums[bottom].clone())
                .times(&just(&points.q));
            let two = Bounds::new(2, 2);
            // What the quotient is rounded from, but for 32 bits: those are rounded in doubles.
            let sum = if width == Width::W32 { top.with(&by) } else { top.times(&two).plus(&by.times(&two)) };
            width = width.max(sum.width());
            if width > Width::W32 {
                width = width.max(top.times(&two).plus(&by.times(&two)).width());
            }
        }
        width
    }
}

/// Runs one program on blocks; keeps its registers between blocks.
pub(super) struct Machine<'p, T: Int> {
    program: &'p Program,
    consts: Vec<[T; 2]>,
    points: Option<[T; 2]>,
    nums: Vec<Vec<T>>,
    truths: Vec<Vec<u8>>,
    valids: Vec<Vec<u8>>,
}

/// The inputs of one block: integers, truths, and validities (in the order of the program's inputs).
pub(super) struct Block<'b, T: Int> {
    pub len: usize,
    pub nums: Vec<Cow<'b, [T]>>,
    pub truths: Vec<&'b [u8]>,
    pub valids: Vec<&'b [u8]>,
}

impl<'p, T: Int> Machine<'p, T> {
    pub(super) fn new(program: &'p Program) -> Self {
        let of = |c: &BigInt| T::of_big(c);
        let none = T::default;
        let consts = program.ops.iter().map(|op| match op {
            Op::Fill(c) | Op::Scale(_, c) | Op::HoldConst(_, c) | Op::Pick(_, c) | Op::CompareConst(_, _, c, _) => {
                [of(c), none()]
            }
            Op::Within(_, c, _, d) => [of(c), of(d)],
            _ => [none(), none()],
        });
        Machine {
            program,
            consts: consts.collect(),
            points: program.points.as_ref().map(|points| [of(&points.p), of(&points.q)]),
            nums: vec![Vec::new(); program.nums - program.num_inputs],
            truths: vec![Vec::new(); program.truths - program.truth_inputs],
            valids: vec![Vec::new(); program.valids - program.valid_inputs],
        }
    }

    /// Runs every operation on a block.
    pub(super) fn run(&mut self, block: &Block<'_, T>) {
        let (mut next_num, mut next_truth, mut next_valid) = (0, 0, 0);
        let program = self.program;
        for (at, op) in program.ops.iter().enumerate() {
            match op {
                Op::Compare(..) | Op::CompareConst(..) | Op::And(..) | Op::Or(..) | Op::Not(_) => {
                    let mut to = std::mem::take(&mut self.truths[next_truth]);
                    self.decide(at, block, &mut to);
                    self.truths[next_truth] = to;
                    next_truth += 1;
                }
                Op::Known(_)
                | Op::Both(..)
                | Op::Except(..)
                | Op::Either(..)
                | Op::NotZero(_)
                | Op::Divides(..)
                | Op::Unless(..)
                | Op::Within(..) => {
                    let mut to = std::mem::take(&mut self.valids[next_valid]);
                    self.know(at, block, &mut to);
                    self.valids[next_valid] = to;
                    next_valid += 1;
                }
                _ => {
                    let mut to = std::mem::take(&mut self.nums[next_num]);
                    self.compute(at, block, &mut to);
                    self.nums[next_num] = to;
                    next_num += 1;
                }
            }
        }
    }

    fn decide(&self, at: usize, block: &Block<'_, T>, to: &mut Vec<u8>) {
        let [c, _] = &self.consts[at];
        let num = |i: Num| self.num(block, i);
        let truth = |i: Truth| self.truth(block, i);
        let valid = |i: Valid| self.valid(block, i);
        match &self.program.ops[at] {
            Op::Compare(op, a, b, v) => compare(to, *op, num(*a).iter().zip(num(*b)), v.map(valid)),
            Op::CompareConst(op, a, _, v) => compare(to, *op, num(*a).iter().map(|a| (a, c)), v.map(valid)),
            Op::And(a, b) => fill(to, both(truth(*a), truth(*b)).map(|(a, b)| (a & b & 1) | ((a | b) & 2))),
            Op::Or(a, b) => fill(to, both(truth(*a), truth(*b)).map(|(a, b)| ((a | b) & 1) | (a & b & 2))),
            Op::Not(a) => fill(to, truth(*a).iter().map(|a| (a >> 1) | ((a & 1) << 1))),
            _ => {}
        }
    }

    fn know(&self, at: usize, block: &Block<'_, T>, to: &mut Vec<u8>) {
        let [c, d] = &self.consts[at];
        let num = |i: Num| self.num(block, i);
        let truth = |i: Truth| self.truth(block, i);
        let valid = |i: Valid| self.valid(block, i);
        let flag = |known: bool| u8::from(known) * 3;
        match &self.program.ops[at] {
            Op::Known(t) => fill(to, truth(*t).iter().map(|t| (t | (t >> 1) | (t << 1)) & 3)),
            Op::Both(a, b) => fill(to, both(valid(*a), valid(*b)).map(|(a, b)| a & b)),
            Op::Except(a, b) => fill(to, both(valid(*a), valid(*b)).map(|(a, b)| a & !b)),
            Op::Either(t, a, b) => {
                let of = |v: Option<Valid>, i: usize| v.map_or(3, |v| valid(v)[i]);
                let truths = truth(*t).iter().enumerate();
                fill(to, truths.map(|(i, t)| if *t == 1 { of(*a, i) } else { of(*b, i) }));
            }
            Op::NotZero(a) => {
                let zero = T::default();
                fill(to, num(*a).iter().map(|a| flag(*a != zero)));
            }
            Op::Unless(t, Some(v)) => {
                fill(to, both(truth(*t), valid(*v)).map(|(t, v)| flag(t == 1 || (t == 2 && v != 0))));
            }
            Op::Divides(a, b) => {
                let zero = T::default();
                fill(to, num(*a).iter().zip(num(*b)).map(|(a, b)| flag(*b > zero && a.rest(b) == zero)));
            }
            Op::Unless(t, None) => fill(to, truth(*t).iter().map(|t| flag(*t != 0))),
            Op::Within(a, _, b, _) => {
                fill(to, num(*a).iter().zip(num(*b)).map(|(a, b)| flag(a.times(c) >= b.times(d))));
            }
            _ => {}
        }
    }

    fn compute(&self, at: usize, block: &Block<'_, T>, to: &mut Vec<T>) {
        let [c, _] = &self.consts[at];
        let num = |i: Num| self.num(block, i);
        let truth = |i: Truth| self.truth(block, i);
        let pair = |a: Num, b: Num| num(a).iter().zip(num(b));
        let zero = T::default();
        match &self.program.ops[at] {
            Op::Fill(_) => fill(to, std::iter::repeat_n(c, block.len).cloned()),
            Op::Scale(a, _) => fill(to, num(*a).iter().map(|a| a.times(c))),
            Op::Times(a, b) => fill(to, pair(*a, *b).map(|(a, b)| a.times(b))),
            Op::Plus(a, b) => fill(to, pair(*a, *b).map(|(a, b)| a.plus(b))),
            Op::Minus(a, b) => fill(to, pair(*a, *b).map(|(a, b)| a.minus(b))),
            Op::Largest(a, b) => fill(to, pair(*a, *b).map(|(a, b)| a.max(b).clone())),
            Op::Smallest(a, b) => fill(to, pair(*a, *b).map(|(a, b)| a.min(b).clone())),
            Op::Hold(a, top) => fill(to, pair(*a, *top).map(|(a, top)| a.min(top).max(&zero).clone())),
            Op::HoldConst(a, _) => fill(to, num(*a).iter().map(|a| a.min(c).max(&zero).clone())),
            Op::Sign(a) => fill(to, num(*a).iter().map(T::sign)),
            Op::Pick(t, _) => fill(to, truth(*t).iter().map(|t| if *t == 1 { c.clone() } else { zero.clone() })),
            Op::Choose(t, a, b) => {
                let three = truth(*t).iter().zip(pair(*a, *b));
                fill(to, three.map(|(t, (a, b))| if *t == 1 { a.clone() } else { b.clone() }));
            }
            Op::ZeroIf(t, a) => {
                let pairs = truth(*t).iter().zip(num(*a));
                fill(to, pairs.map(|(t, a)| if *t == 1 { zero.clone() } else { a.clone() }));
            }
            _ => {}
        }
    }

    fn num<'a>(&'a self, block: &'a Block<'_, T>, i: Num) -> &'a [T] {
        let inputs = self.program.num_inputs;
        let all: &[T] = if i < inputs { &block.nums[i] } else { &self.nums[i - inputs] };
        &all[..block.len]
    }

    /// A truth register after a run.
    pub(super) fn truth<'a>(&'a self, block: &'a Block<'_, T>, i: Truth) -> &'a [u8] {
        &byte(self.program.truth_inputs, &self.truths, &block.truths, i)[..block.len]
    }

    /// A validity register after a run.
    pub(super) fn valid<'a>(&'a self, block: &'a Block<'_, T>, i: Valid) -> &'a [u8] {
        &byte(self.program.valid_inputs, &self.valids, &block.valids, i)[..block.len]
    }

    /// Points in hundredths after a run; [`NOT_ASSESSED`] where unknown.
    pub(super) fn points(&self, block: &Block<'_, T>, into: &mut Vec<i32>) {
        into.clear();
        let (Some(points), Some([p, q])) = (&self.program.points, &self.points) else { return };
        let num = |i: Num| self.num(block, i);
        let one = T::of_i64(1);
        match points.bottom {
            None if points.q.is_one() => {
                into.extend(num(points.top).iter().map(|top| top.times(p).round_quotient(&one)))
            }
            None => into.extend(num(points.top).iter().map(|top| top.times(p).round_quotient(q))),
            // A place that is not known may hold a 0 below the line; it is masked below.
            Some(bottom) => into.extend(
                num(points.top)
                    .iter()
                    .zip(num(bottom))
                    .map(|(top, bottom)| top.times(p).round_quotient((&bottom.times(q)).max(&one))),
            ),
        }
        if let Some(valid) = points.valid {
            for (points, valid) in into.iter_mut().zip(self.valid(block, valid)) {
                *points = if *valid == 0 { NOT_ASSESSED } else { *points };
            }
        }
    }
}

fn byte<'a>(inputs: usize, own: &'a [Vec<u8>], given: &[&'a [u8]], i: usize) -> &'a [u8] {
    if i < inputs { given[i] } else { &own[i - inputs] }
}

fn both<'a>(a: &'a [u8], b: &'a [u8]) -> impl Iterator<Item = (u8, u8)> + 'a {
    a.iter().copied().zip(b.iter().copied())
}

#[inline(always)]
fn fill<T>(to: &mut Vec<T>, values: impl Iterator<Item = T>) {
    to.clear();
    to.extend(values);
}

#[inline(always)]
fn compare<'a, T: Int>(
    to: &mut Vec<u8>,
    op: Comparison,
    pairs: impl Iterator<Item = (&'a T, &'a T)>,
    valid: Option<&[u8]>,
) {
    // One loop a comparison, so that each is a plain vector loop.
    match op {
        Comparison::Less => fill(to, pairs.map(|(a, b)| 2 - u8::from(a < b))),
        Comparison::AtMost => fill(to, pairs.map(|(a, b)| 2 - u8::from(a <= b))),
        Comparison::Greater => fill(to, pairs.map(|(a, b)| 2 - u8::from(a > b))),
        Comparison::AtLeast => fill(to, pairs.map(|(a, b)| 2 - u8::from(a >= b))),
        Comparison::Equal => fill(to, pairs.map(|(a, b)| 2 - u8::from(a == b))),
    }
    if let Some(valid) = valid {
        for (truth, valid) in to.iter_mut().zip(valid) {
            *truth &= valid;
        }
    }
}
