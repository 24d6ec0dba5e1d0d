//! Where the data files come from: the binary itself, or a folder.

use std::borrow::Cow;
use std::path::PathBuf;

use csv::StringRecord;
use include_dir::{Dir, include_dir};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::table::Rows;

static ONTOLOGY: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/ontology");

/// Where the ontology's files are read from.
#[derive(Debug, Clone)]
pub enum Files {
    /// Built into the binary.
    Embedded,
    /// A folder laid out as `ontology/`.
    Dir(PathBuf),
}

/// What is wrong with a data file.
#[derive(Debug, thiserror::Error)]
pub enum LexiconError {
    /// The file is not there or cannot be read.
    #[error("ontology/{file}: cannot be read: {source}")]
    Unreadable {
        /// Path below `ontology/`.
        file: String,
        /// Why.
        source: std::io::Error,
    },
    /// A line of the file is not sound.
    #[error("ontology/{file}:{line}: {message}")]
    Line {
        /// Path below `ontology/`.
        file: String,
        /// Line, counted from 1.
        line: u64,
        /// What is wrong with it.
        message: String,
    },
}

impl LexiconError {
    /// An error of one line.
    #[must_use]
    pub fn line(file: &str, line: u64, message: impl Into<String>) -> Self {
        Self::Line { file: file.to_owned(), line, message: message.into() }
    }
}

impl Files {
    /// The text of one file, by its path below `ontology/`.
    ///
    /// # Errors
    /// When the file is not there, cannot be read or is not UTF-8.
    pub fn read(&self, file: &str) -> Result<Cow<'static, str>, LexiconError> {
        let unreadable = |source| LexiconError::Unreadable { file: file.to_owned(), source };
        match self {
            Self::Embedded => ONTOLOGY
                .get_file(file)
                .and_then(include_dir::File::contents_utf8)
                .map(Cow::Borrowed)
                .ok_or_else(|| unreadable(std::io::Error::from(std::io::ErrorKind::NotFound))),
            Self::Dir(dir) => std::fs::read_to_string(dir.join(file)).map(Cow::Owned).map_err(unreadable),
        }
    }

    /// The bytes of one file, by its path below `ontology/`.
    ///
    /// # Errors
    /// When the file is not there or cannot be read.
    pub fn read_bytes(&self, file: &str) -> Result<Cow<'static, [u8]>, LexiconError> {
        let unreadable = |source| LexiconError::Unreadable { file: file.to_owned(), source };
        match self {
            Self::Embedded => ONTOLOGY
                .get_file(file)
                .map(|file| Cow::Borrowed(file.contents()))
                .ok_or_else(|| unreadable(std::io::Error::from(std::io::ErrorKind::NotFound))),
            Self::Dir(dir) => std::fs::read(dir.join(file)).map(Cow::Owned).map_err(unreadable),
        }
    }

    /// The paths of all files in a folder below `ontology/` with the given ending, sorted.
    ///
    /// # Errors
    /// When the folder is not there or cannot be listed.
    pub fn list(&self, folder: &str, ending: &str) -> Result<Vec<String>, LexiconError> {
        let unreadable = |source| LexiconError::Unreadable { file: folder.to_owned(), source };
        let mut names: Vec<String> = match self {
            Self::Embedded => ONTOLOGY
                .get_dir(folder)
                .ok_or_else(|| unreadable(std::io::Error::from(std::io::ErrorKind::NotFound)))?
                .files()
                .map(|f| f.path().to_string_lossy().into_owned())
                .collect(),
            Self::Dir(dir) => {
                let mut names = Vec::new();
                for entry in std::fs::read_dir(dir.join(folder)).map_err(unreadable)? {
                    names.push(format!("{folder}/{}", entry.map_err(unreadable)?.file_name().to_string_lossy()));
                }
                names
            }
        };
        names.retain(|name| name.ends_with(ending));
        names.sort();
        Ok(names)
    }

    /// SHA-256 over the names and texts of all files in these folders, in lower-case hexadecimal.
    ///
    /// # Errors
    /// When a folder or a file cannot be read.
    pub fn digest(&self, folders: &[&str]) -> Result<String, LexiconError> {
        let mut hash = Sha256::new();
        for folder in folders {
            for file in self.list(folder, "")? {
                let bytes = self.read_bytes(&file)?;
                hash.update((file.len() as u64).to_le_bytes());
                hash.update(&file);
                hash.update((bytes.len() as u64).to_le_bytes());
                hash.update(&bytes);
            }
        }
        Ok(format!("{:x}", hash.finalize()))
    }

    /// The rows of a CSV file with a header, each with its line.
    ///
    /// # Errors
    /// When the file cannot be read, or a row does not fit `Row`.
    pub fn rows<Row: DeserializeOwned>(&self, file: &str) -> Result<Vec<(u64, Row)>, LexiconError> {
        let mut rows = Vec::new();
        let mut headers = StringRecord::new();
        let mut record = StringRecord::new();
        self.each_row(file, |line, fields| {
            let into = if headers.is_empty() { &mut headers } else { &mut record };
            into.clear();
            into.extend(fields);
            if !record.is_empty() {
                rows.push((line, record.deserialize(Some(&headers)).map_err(|e| LexiconError::line(file, line, e.to_string()))?));
            }
            Ok(())
        })?;
        Ok(rows)
    }

    /// Calls `each` with the line and the fields in these columns of every row of a CSV file with a header: for the long lists.
    pub(super) fn each<const N: usize>(
        &self,
        file: &str,
        columns: [&str; N],
        mut each: impl FnMut(u64, [&str; N]) -> Result<(), LexiconError>,
    ) -> Result<(), LexiconError> {
        let mut places: Option<[usize; N]> = None;
        self.each_row(file, |line, fields| {
            if let Some(places) = places {
                return each(line, places.map(|place| fields.get(place).map_or("", |field| &**field)));
            }
            let mut found = [0; N];
            for (place, column) in found.iter_mut().zip(columns) {
                let missing = || LexiconError::line(file, line, format!("there is no column \"{column}\""));
                *place = fields.iter().position(|field| field == column).ok_or_else(missing)?;
            }
            places = Some(found);
            Ok(())
        })
    }

    /// Calls `each` with the line and the fields of every row of a CSV file, the header first. All rows are equally long.
    fn each_row(&self, file: &str, mut each: impl FnMut(u64, &[Cow<'_, str>]) -> Result<(), LexiconError>) -> Result<(), LexiconError> {
        let text = self.read(file)?;
        let mut rows = Rows::new(&text);
        let mut width = None;
        while rows.read().map_err(|fault| LexiconError::line(file, fault.line, fault.message))? {
            let columns = *width.get_or_insert(rows.fields.len());
            if rows.fields.len() != columns {
                let message = format!("{} fields in a table of {columns} columns", rows.fields.len());
                return Err(LexiconError::line(file, rows.line, message));
            }
            each(rows.line, &rows.fields)?;
        }
        Ok(())
    }
}

/// The parts of a list inside a CSV field: `a;b;c`.
pub(super) fn parts(field: &str) -> impl Iterator<Item = &str> {
    field.split(';').map(str::trim).filter(|part| !part.is_empty())
}

/// Reads a list inside a CSV field: `a;b;c`.
pub(super) fn list<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let field = <Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
    Ok(parts(&field).map(str::to_owned).collect())
}
