//! Makes a folder hold exactly the files of some sources, with brotli copies.

use crate::Result;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt, fs,
    io::Write,
    path::{Path, PathBuf},
};

/// What a browser gets smaller when it is compressed. Pictures and `woff2` are compressed already.
const COMPRESSIBLE: &[&str] = &["css", "html", "ico", "js", "json", "map", "mjs", "otf", "svg", "ttf", "txt", "wasm", "webmanifest", "xml"];

const BROTLI_QUALITY: i32 = 11;
const BROTLI_WINDOW_BITS: i32 = 22;

#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Report {
    pub(crate) files: usize,
    pub(crate) written: usize,
    pub(crate) removed: usize,
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} files, {} written, {} removed", self.files, self.written, self.removed)
    }
}

/// A source is a file, which goes to the top of `out_dir`, or a folder, of which everything inside goes there.
pub(crate) fn sync(out_dir: &Path, sources: &[&Path]) -> Result<Report> {
    let mut wanted = BTreeMap::new();
    for source in sources {
        if source.is_dir() {
            collect(source, Path::new(""), &mut wanted)?;
        } else {
            let name = source.file_name().ok_or_else(|| format!("{}: not a file", source.display()))?;
            insert(&mut wanted, PathBuf::from(name), source.to_path_buf())?;
        }
    }

    fs::create_dir_all(out_dir)?;
    let mut report = Report { files: wanted.len(), ..Report::default() };
    let mut keep = BTreeSet::new();
    for (name, source) in wanted {
        let content = fs::read(&source).map_err(|error| format!("{}: {error}", source.display()))?;
        let target = out_dir.join(&name);
        let compressed = with_br(&target);
        let current = fs::read(&target).is_ok_and(|present| present == content);
        if !current {
            report.written += 1;
        }
        // The copy is written before the file: a run that is cut short is then done again.
        if is_compressible(&name) {
            let mut has_copy = current && compressed.exists();
            if !has_copy {
                let small = brotli(&content)?;
                has_copy = small.len() < content.len();
                if has_copy {
                    write(&compressed, &small)?;
                }
            }
            if has_copy {
                keep.insert(with_br(&name));
            }
        }
        if !current {
            write(&target, &content)?;
        }
        keep.insert(name);
    }
    remove_others(out_dir, Path::new(""), &keep, &mut report)?;
    Ok(report)
}

fn insert(wanted: &mut BTreeMap<PathBuf, PathBuf>, name: PathBuf, source: PathBuf) -> Result<()> {
    if let Some(other) = wanted.get(&name) {
        return Err(format!("{} and {} would both become {}", other.display(), source.display(), name.display()).into());
    }
    wanted.insert(name, source);
    Ok(())
}

fn collect(dir: &Path, prefix: &Path, wanted: &mut BTreeMap<PathBuf, PathBuf>) -> Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name();
        if name.to_string_lossy().starts_with('.') {
            continue;
        }
        if entry.path().is_dir() {
            collect(&entry.path(), &prefix.join(&name), wanted)?;
        } else {
            insert(wanted, prefix.join(&name), entry.path())?;
        }
    }
    Ok(())
}

fn remove_others(out_dir: &Path, prefix: &Path, keep: &BTreeSet<PathBuf>, report: &mut Report) -> Result<()> {
    for entry in fs::read_dir(out_dir.join(prefix))? {
        let entry = entry?;
        let name = prefix.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            remove_others(out_dir, &name, keep, report)?;
            if fs::read_dir(entry.path())?.next().is_none() {
                fs::remove_dir(entry.path())?;
            }
        } else if !keep.contains(&name) {
            fs::remove_file(entry.path())?;
            report.removed += 1;
        }
    }
    Ok(())
}

fn write(path: &Path, content: &[u8]) -> Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, content).map_err(|error| format!("{}: {error}", path.display()).into())
}

fn with_br(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".br");
    PathBuf::from(name)
}

fn is_compressible(name: &Path) -> bool {
    name.extension().is_some_and(|extension| COMPRESSIBLE.iter().any(|known| extension.eq_ignore_ascii_case(known)))
}

fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let params =
        brotli::enc::BrotliEncoderParams { quality: BROTLI_QUALITY, lgwin: BROTLI_WINDOW_BITS, size_hint: content.len(), ..Default::default() };
    let mut writer = brotli::CompressorWriter::with_params(Vec::new(), 4096, &params);
    writer.write_all(content)?;
    Ok(writer.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::SystemTime;

    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
            fs::create_dir_all(&path).unwrap();
            Self(path)
        }
        fn put(&self, name: &str, content: &str) -> PathBuf {
            let path = self.0.join(name);
            write(&path, content.as_bytes()).unwrap();
            path
        }
        fn modified(&self, name: &str) -> SystemTime {
            fs::metadata(self.0.join(name)).unwrap().modified().unwrap()
        }
        fn has(&self, name: &str) -> bool {
            self.0.join(name).exists()
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn copies_compresses_and_removes_what_is_gone() {
        let folder = Folder::new("sync");
        let css = folder.put("main.css", &"a{color:red}".repeat(50));
        folder.put("public/icons/ask.svg", &"<svg/>".repeat(50));
        folder.put("public/photo.png", "not really");
        let (out, public) = (folder.0.join("dist"), folder.0.join("public"));

        let first = sync(&out, &[&css, &public]).unwrap();
        assert_eq!(first, Report { files: 3, written: 3, removed: 0 });
        assert!(folder.has("dist/main.css.br") && folder.has("dist/icons/ask.svg.br"));
        assert!(!folder.has("dist/photo.png.br"));

        fs::remove_dir_all(folder.0.join("public/icons")).unwrap();
        let second = sync(&out, &[&css, &public]).unwrap();
        assert_eq!(second, Report { files: 2, written: 0, removed: 2 });
        assert!(!folder.has("dist/icons"));
    }

    #[test]
    fn leaves_alone_what_is_right() {
        let folder = Folder::new("same");
        let css = folder.put("main.css", &"a{color:red}".repeat(50));
        let out = folder.0.join("dist");
        sync(&out, &[&css]).unwrap();
        let before = (folder.modified("dist"), folder.modified("dist/main.css"), folder.modified("dist/main.css.br"));

        folder.put("main.css", &"a{color:red}".repeat(50));
        sync(&out, &[&css]).unwrap();
        assert_eq!(before, (folder.modified("dist"), folder.modified("dist/main.css"), folder.modified("dist/main.css.br")));
    }

    #[test]
    fn a_changed_file_gets_a_changed_copy() {
        let folder = Folder::new("changed");
        let css = folder.put("main.css", &"a{color:red}".repeat(50));
        let out = folder.0.join("dist");
        sync(&out, &[&css]).unwrap();

        let content = "b{color:blue}".repeat(50);
        folder.put("main.css", &content);
        sync(&out, &[&css]).unwrap();
        let mut plain = Vec::new();
        brotli::BrotliDecompress(&mut fs::read(out.join("main.css.br")).unwrap().as_slice(), &mut plain).unwrap();
        assert_eq!(plain, content.as_bytes());
    }

    #[test]
    fn two_sources_of_one_name_are_refused() {
        let folder = Folder::new("twice");
        let (one, two) = (folder.put("a/main.css", "a"), folder.put("b/main.css", "b"));
        assert!(sync(&folder.0.join("dist"), &[&one, &two]).is_err());
    }
}
