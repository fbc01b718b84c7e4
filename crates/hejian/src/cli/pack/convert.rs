//! `hejian pack convert`: a pack as a folder of texts or as a workbook, and catalogues of other tools as drafts.

use std::path::{Path, PathBuf};

use clap::Args;
use hejian_scoring::{
    Pack,
    pack::{
        PackTexts,
        import::{Imported, ciso, oscal},
    },
    workbook,
};
use serde_json::json;

use super::Source;
use crate::{
    campaign::standard::FILES,
    cli::{
        failure::Failure,
        trouble::{self, Troubles},
    },
};

const NOTHING: &str = "nothing was written. 未写入。";

/// Turn a pack into another form 转换标准包
///
/// By their names: a folder or its standard.yaml is a pack in its canonical texts; .xlsx is a workbook that holds all of it;
/// IN may also be a library of CISO Assistant (.yaml) or an OSCAL catalog (.json), of which a draft is made: what it does
/// not know stands open there, and what has no place is listed. words.zh-CN.tsv goes along from folder to folder.
#[derive(Debug, Args)]
pub(super) struct Convert {
    /// A pack, a workbook, a library or a catalog 来源
    #[arg(value_name = "IN")]
    from: PathBuf,
    /// Folder, standard.yaml in one, or .xlsx 目标
    #[arg(value_name = "OUT")]
    to: PathBuf,
    /// Overwrite what is there 覆盖
    #[arg(long)]
    replace: bool,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

/// What was read.
enum Read {
    /// A sound pack, in canonical texts.
    Pack(PackTexts),
    /// A draft of a standard.
    Draft(Imported),
}

impl Convert {
    pub(super) fn run(self) -> Result<(), Failure> {
        let read = self.read()?.map_err(|troubles| troubles.end(self.json, NOTHING))?;
        let (folder, files) = match &read {
            Read::Pack(texts) if is(&self.to, "xlsx") => {
                let bytes = workbook::write(texts).map_err(|e| Troubles::from(e).end(self.json, NOTHING))?;
                let name = self.to.file_name().and_then(|name| name.to_str()).unwrap_or("pack.xlsx").to_owned();
                (parent(&self.to), vec![(name, bytes)])
            }
            Read::Pack(texts) => (self.folder()?, self.texts(texts)?),
            Read::Draft(_) if is(&self.to, "xlsx") => {
                return Err(Failure::Usage(
                    "a draft is no pack yet, so it fits no workbook. Name a folder, fill in what is open there, and convert that."
                        .to_owned(),
                ));
            }
            Read::Draft(draft) => (self.folder()?, vec![(FILES[0].to_owned(), draft.draft().into_bytes())]),
        };
        let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let written = trouble::write(&folder, &files, self.replace)?;
        self.say(&written, &read);
        Ok(())
    }

    fn read(&self) -> Result<Result<Read, Troubles>, Failure> {
        let name = self.from.display().to_string();
        if is(&self.from, "xlsx") {
            let bytes = trouble::bytes(&self.from)?;
            return Ok(workbook::read(&name, &bytes).map(Read::Pack).map_err(Troubles::from));
        }
        let is_pack = self.from.is_dir() || self.from.file_name().is_some_and(|name| name == FILES[0]);
        let foreign = if is(&self.from, "json") {
            oscal::read
        } else if !is_pack && (is(&self.from, "yaml") || is(&self.from, "yml")) {
            ciso::read
        } else {
            return Ok(Source::at(&self.from)?.read()?.map(|pack: Pack| Read::Pack(pack.write())));
        };
        let text = match trouble::text(&self.from)? {
            Ok(text) => text,
            Err(trouble) => return Ok(Err(Troubles { list: vec![trouble], more: 0 })),
        };
        Ok(foreign(&name, &text).map(Read::Draft).map_err(Troubles::from))
    }

    /// The folder that is written.
    fn folder(&self) -> Result<PathBuf, Failure> {
        if self.to.file_name().is_some_and(|name| name == FILES[0]) {
            return Ok(parent(&self.to));
        }
        if self.to.extension().is_some() && !self.to.is_dir() {
            return Err(Failure::Usage(format!(
                "{} says no form. Name a folder, its {}, or a file ending in .xlsx.",
                self.to.display(),
                FILES[0]
            )));
        }
        Ok(self.to.clone())
    }

    /// The files of a pack; its words go along where it came from a folder.
    fn texts(&self, texts: &PackTexts) -> Result<Vec<(String, Vec<u8>)>, Failure> {
        let own = [Some(&texts.standard), Some(&texts.measures), texts.migration.as_ref(), texts.tests.as_ref()];
        let file = |(name, text): (&&str, Option<&String>)| Some(((*name).to_owned(), text?.clone().into_bytes()));
        let mut files: Vec<(String, Vec<u8>)> = FILES.iter().zip(own).filter_map(file).collect();
        if !is(&self.from, "xlsx") {
            let words = Source::at(&self.from)?.file(FILES[4]);
            if words.exists() {
                files.push((FILES[4].to_owned(), trouble::bytes(&words)?));
            }
        }
        Ok(files)
    }

    fn say(&self, written: &[PathBuf], read: &Read) {
        let left = match read {
            Read::Pack(_) => &Vec::new(),
            Read::Draft(draft) => &draft.left,
        };
        let is_draft = matches!(read, Read::Draft(_));
        if self.json {
            say!("{}", json!({ "ok": true, "files": written, "draft": is_draft, "left_out": left }));
            return;
        }
        for path in written {
            say!("{}", path.display());
        }
        if let Read::Draft(draft) = read {
            for left in left {
                say!("left out: {} {} ({}): {}", left.count, left.what, left.examples.join(", "), left.why);
            }
            let (areas, indicators) = (draft.areas.len(), draft.indicators.len());
            say!(
                "A draft of {indicators} indicators in {areas} areas; `hejian pack check` names what is open. 草稿，待补全。"
            );
        }
    }
}

fn is(path: &Path, ends: &str) -> bool {
    path.extension().is_some_and(|found| found.eq_ignore_ascii_case(ends))
}

fn parent(path: &Path) -> PathBuf {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned()
}
