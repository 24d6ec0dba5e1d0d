//! Writes learned weights as bytes behind their index, in the two forms that the library reads.

/// Rounds each row to bytes, and appends the shift that scales it back. A few peaks are cut off.
pub(crate) fn table<const W: usize>(index: &[u8], weights: &[[f32; W]], classes: usize, most_shift: u8) -> Vec<u8> {
    let largest = |row: &[f32; W]| row[..classes].iter().fold(0.0_f32, |peak, weight| peak.max(weight.abs()));
    let mut peaks: Vec<f32> = weights.iter().map(largest).collect();
    peaks.sort_by(f32::total_cmp);
    let peak = peaks[peaks.len() - 1 - peaks.len() / 5000].max(1e-6);
    let scale = |shift: u8| peak / (127.0 * f32::from(1_u16 << (most_shift - shift)));
    let mut bytes = index.to_vec();
    for row in weights {
        let shift = (0..most_shift).find(|&shift| largest(row) <= 127.0 * scale(shift)).unwrap_or(most_shift);
        bytes.extend((0..W - 1).map(|class| if class < classes { byte(row[class] / scale(shift)) } else { 0 }));
        bytes.push(shift);
    }
    bytes
}

/// Writes the second and third class against the first. Unlike `table`, keeps the weights of each bucket of four beside
/// its prints. Even if all `features` of a move were at the peak, their sum would fit.
pub(crate) fn pairs(index: &[u8], weights: &[[f32; 3]], features: usize) -> Vec<u8> {
    let pairs: Vec<[f32; 2]> = weights.iter().map(|row| [row[1] - row[0], row[2] - row[0]]).collect();
    let peak = pairs.iter().flatten().fold(1e-6_f32, |peak, weight| peak.max(weight.abs()));
    #[expect(clippy::cast_precision_loss, reason = "some dozens")]
    let scale = (f32::from(i16::MAX) / features as f32).floor() / peak;
    let mut bytes = Vec::with_capacity(3 * index.len());
    for (prints, pairs) in index.chunks(8).zip(pairs.chunks(4)) {
        bytes.extend_from_slice(prints);
        for class in 0..2 {
            bytes.extend(pairs.iter().flat_map(|pair| short(pair[class] * scale).to_le_bytes()));
        }
    }
    bytes
}

#[expect(clippy::cast_possible_truncation, reason = "the callers scale to the range of i16")]
fn short(weight: f32) -> i16 {
    weight.round() as i16
}

#[expect(clippy::cast_possible_truncation, reason = "clamped to the range of i8")]
fn byte(weight: f32) -> u8 {
    (weight.round().clamp(-127.0, 127.0) as i8).cast_unsigned()
}
