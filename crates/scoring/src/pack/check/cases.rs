//! The pack's own tests: read, run, and every figure that comes out otherwise is named.

use super::{unfit, unique, unknown};
use crate::pack::reader::Faults;
use crate::pack::tree::Node;
use crate::pack::{Pack, PackTest};

pub(in crate::pack) fn tests(read: &[(PackTest, &Node)], pack: &Pack, faults: &mut Faults) {
    unique(read.iter().map(|(test, node)| (test.name.as_str(), node.spot_of(&["name"]))), "test", faults);
    for (test, node) in read {
        for code in test.expect.keys().filter(|code| !PackTest::TOTALS.contains(&code.as_str())) {
            if pack.indicator(code).is_none() {
                let codes = pack.indicators.iter().map(|indicator| indicator.code.as_str());
                faults.add(node.spot_of(&["expect", code]), unknown("indicator", code, codes));
            }
        }
        if test.expect.is_empty() {
            unfit(node.spot_of(&["expect"]), "the test expects nothing".into(), "name at least one indicator", faults);
        }
    }
}
