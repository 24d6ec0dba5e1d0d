//! A file as a stream of its content. `news.jsonl.zst` → the lines in it, with a stop where a small file unpacks without end.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

const BUFFER_BYTES: usize = 1 << 16;
/// Text unpacks to some ten times its size; what exceeds this many times …
const MOST_TIMES: u64 = 150;
/// … and this many bytes was made to fill memory or time.
const HARMLESS_BYTES: u64 = 64 << 20;

/// A packed file unpacks to far more than text does.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("unpacks to more than {MOST_TIMES} times its size")]
pub(super) struct Bomb;

/// Opens a file, or stdin for `-`, and unpacks what begins like gzip or zstd. `read` counts the bytes of the file as they are read.
pub(super) fn open(path: &Path, read: &Arc<AtomicU64>) -> io::Result<Box<dyn BufRead + Send>> {
    let file: Box<dyn Read + Send> = if path.as_os_str() == "-" { Box::new(io::stdin()) } else { Box::new(File::open(path)?) };
    unpacked(file, read)
}

/// The content of a stream, unpacked where it begins like gzip or zstd.
pub(super) fn unpacked(file: Box<dyn Read + Send>, read: &Arc<AtomicU64>) -> io::Result<Box<dyn BufRead + Send>> {
    let before = read.load(Ordering::Relaxed);
    let mut file = BufReader::with_capacity(BUFFER_BYTES, Counting { file, read: Arc::clone(read) });
    let head = file.fill_buf()?;
    let unpacked: Box<dyn Read + Send> = if head.starts_with(&[0x1f, 0x8b]) {
        Box::new(MultiGzDecoder::new(file))
    } else if head.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        Box::new(Frames { file, decoder: FrameDecoder::new(), inside: false })
    } else {
        return Ok(Box::new(file));
    };
    Ok(Box::new(BufReader::with_capacity(BUFFER_BYTES, Watched { unpacked, out: 0, read: Arc::clone(read), before })))
}

struct Counting<R> {
    file: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buf)?;
        self.read.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// Unpacks, and stops at a bomb.
struct Watched {
    unpacked: Box<dyn Read + Send>,
    out: u64,
    read: Arc<AtomicU64>,
    before: u64,
}

impl Read for Watched {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let count = self.unpacked.read(buf)?;
        self.out += count as u64;
        let packed = self.read.load(Ordering::Relaxed).saturating_sub(self.before);
        if self.out > HARMLESS_BYTES && self.out / MOST_TIMES > packed {
            return Err(io::Error::other(Bomb));
        }
        Ok(count)
    }
}

/// The frames of a zstd file, one after the other.
struct Frames<R> {
    file: R,
    decoder: FrameDecoder,
    inside: bool,
}

impl<R: BufRead> Frames<R> {
    /// Comes to the next frame's content; false at the end of the file.
    fn enter(&mut self) -> io::Result<bool> {
        while !self.file.fill_buf()?.is_empty() {
            match self.decoder.init(&mut self.file) {
                Ok(()) => {
                    self.inside = true;
                    return Ok(true);
                }
                // Frames may hold anything else, such as an index, and are then to be passed over.
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                    io::copy(&mut self.file.by_ref().take(length.into()), &mut io::sink())?;
                }
                Err(error) => return Err(io::Error::other(error)),
            }
        }
        Ok(false)
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.inside && !self.enter()? {
                return Ok(0);
            }
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                self.decoder.decode_blocks(&mut self.file, BlockDecodingStrategy::UptoBlocks(1)).map_err(io::Error::other)?;
            }
            let count = self.decoder.read(buf)?;
            if count > 0 || buf.is_empty() {
                return Ok(count);
            }
            self.inside = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(bytes).unwrap();
        gzip.finish().unwrap()
    }

    fn zstd(bytes: &[u8]) -> Vec<u8> {
        compress_to_vec(bytes, CompressionLevel::Fastest)
    }

    fn read(file: Vec<u8>) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        unpacked(Box::new(io::Cursor::new(file)), &Arc::default())?.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    #[test]
    fn packed_files_are_unpacked_member_by_member() {
        let skipped = [&[0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0][..], b"xyz"].concat();
        for file in [
            b"one two".to_vec(),
            gzip(b"one two"),
            [gzip(b"one "), gzip(b"two")].concat(),
            zstd(b"one two"),
            [zstd(b"one "), skipped, zstd(b""), zstd(b"two")].concat(),
        ] {
            assert_eq!(read(file).unwrap(), b"one two");
        }
        assert_eq!(read(Vec::new()).unwrap(), b"");
    }

    #[test]
    fn damaged_files_are_errors() {
        for mut file in [gzip(b"one two three"), zstd(b"one two three")] {
            file.truncate(file.len() - 5);
            assert!(read(file).is_err());
        }
        assert!(read(b"\x28\xb5\x2f\xfd\xff\xff\xff\xff".to_vec()).is_err());
    }

    #[test]
    fn bombs_are_stopped_early() {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        for _ in 0..300 {
            gzip.write_all(&vec![0; 1 << 20]).unwrap();
        }
        let error = read(gzip.finish().unwrap()).unwrap_err();
        assert!(error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<Bomb>), "{error}");
    }
}
