//! The documented example, made from the table so that it cannot fall behind.

use std::fmt::Write as _;

use super::{
    FILE, Settings,
    keys::{KEYS, SECTIONS},
};

pub(super) fn text() -> String {
    let mut out = format!(
        "# Settings of Hejian: the file {FILE} in the data folder. 和建的配置文件，放在数据目录下。\n\
         # Every value below is the default, two samples of unset settings apart; remove the # to change it.\n\
         # 除两项示例外，下面各行都是缺省值，去掉 # 后修改。\n\
         # Each may also be given as an environment variable (named in brackets), which wins over this file; a flag of the\n\
         # command line wins over both. 同名环境变量优先于本文件，命令行参数优先于两者。\n"
    );
    let mut settings = Settings::default();
    let mut section = "";
    for key in KEYS {
        let (of, name) = key.parts();
        if of != section {
            let (_, en, zh) = SECTIONS.iter().find(|s| s.0 == of).copied().unwrap_or_default();
            let _ = write!(out, "\n# {en} {zh}\n[{of}]\n");
            section = of;
        } else {
            out.push('\n');
        }
        for line in key.doc.lines() {
            let _ = writeln!(out, "# {line}");
        }
        let _ = writeln!(out, "# {}。Allowed: {}. [{}]", key.zh, key.kind.allowed(), key.variable());
        let value = (key.slot)(&mut settings).show().unwrap_or_else(|| key.sample.to_owned());
        let value = if key.kind.is_quoted() { format!("\"{value}\"") } else { value };
        let _ = writeln!(out, "#{name} = {value}");
    }
    out
}
