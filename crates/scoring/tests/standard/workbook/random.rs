//! A thousand packs nobody wrote: each to a workbook and back, byte by byte.

use hejian_scoring::pack::PackTexts;
use hejian_scoring::testing::{Dice, pack};
use hejian_scoring::workbook;

const PACKS: u64 = 1000;

#[test]
fn a_thousand_random_packs_go_to_workbooks_and_back_byte_by_byte() {
    let one = |seed: u64| {
        let texts = pack(&mut Dice::new(seed)).write();
        let bytes = workbook::write(&texts).unwrap_or_else(|errors| panic!("seed {seed}: {errors}"));
        let back = workbook::read("book.xlsx", &bytes).unwrap_or_else(|errors| panic!("seed {seed}: {errors}"));
        assert_eq!(back, PackTexts { name: back.name.clone(), ..texts }, "seed {seed}");
    };
    std::thread::scope(|threads| {
        for half in 0..2 {
            threads.spawn(move || (half..PACKS).step_by(2).for_each(one));
        }
    });
}
