//! From the paths of the command line to files. `articles/` → the files in it that may be articles, in sorted order.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use ignore::{Walk, WalkBuilder};

use super::format::{is_address, is_article_name};
use super::{Reason, Skipped};

/// The files below some paths, in the order of the paths and sorted within folders.
#[derive(Debug)]
pub(super) struct Files {
    paths: std::vec::IntoIter<PathBuf>,
    folder: Option<Folder>,
}

struct Folder {
    path: PathBuf,
    walk: Walk,
    found: bool,
}

impl std::fmt::Debug for Folder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.path.fmt(f)
    }
}

impl Files {
    pub(super) fn new(paths: Vec<PathBuf>) -> Self {
        Self { paths: paths.into_iter(), folder: None }
    }
}

impl Iterator for Files {
    type Item = Result<PathBuf, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Some(folder) = &mut self.folder else {
                let path = self.paths.next()?;
                if !path.is_dir() {
                    return Some(Ok(path));
                }
                self.folder = Some(Folder { walk: walk(&path), path, found: false });
                continue;
            };
            match folder.walk.next() {
                Some(Ok(entry)) if is_article(&entry) => {
                    folder.found = true;
                    return Some(Ok(entry.into_path()));
                }
                Some(Ok(_)) => {}
                Some(Err(error)) => {
                    let file = folder.path.display().to_string();
                    let error = error.into_io_error().unwrap_or_else(|| io::Error::other("a folder that links to itself"));
                    return Some(Err(Skipped { file, line: None, record: None, reason: error.into() }));
                }
                None => {
                    let Folder { path, found, .. } = self.folder.take()?;
                    if !found {
                        return Some(Err(Skipped {
                            file: path.display().to_string(),
                            line: None,
                            record: None,
                            reason: Reason::NoArticles,
                        }));
                    }
                }
            }
        }
    }
}

/// Every file but hidden ones; what version control ignores may well be articles.
fn walk(folder: &Path) -> Walk {
    WalkBuilder::new(folder).standard_filters(false).hidden(true).follow_links(true).sort_by_file_name(Ord::cmp).build()
}

fn is_article(entry: &ignore::DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| kind.is_file()) && is_article_name(entry.path())
}

/// The size of all that `paths` name, for progress; none when part of it is not known beforehand.
#[must_use]
pub fn total_bytes(paths: &[PathBuf]) -> Option<u64> {
    let mut total = 0;
    for path in paths {
        if path.is_dir() {
            total += walk(path).flatten().filter(is_article).filter_map(|entry| entry.metadata().ok()).map(|meta| meta.len()).sum::<u64>();
        } else if let Ok(meta) = fs::metadata(path) {
            total += if meta.is_file() { meta.len() } else { return None };
        } else if path.as_os_str() == "-" || is_address(path) {
            return None;
        }
    }
    Some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_walked_in_sorted_order_without_other_files() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.txt", "a.txt", "c/d.jsonl.gz", "picture.png", ".hidden.txt"] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        let names: Vec<_> = Files::new(vec![folder.path().to_owned()])
            .map(|path| path.unwrap().strip_prefix(folder.path()).unwrap().display().to_string())
            .collect();
        assert_eq!(names, ["a.txt", "b.txt", "c/d.jsonl.gz"]);
        assert_eq!(total_bytes(&[folder.path().to_owned()]), Some(3));
        assert_eq!(total_bytes(&["-".into()]), None);
    }
}
