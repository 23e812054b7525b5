//! Draws small pictures in flat colours and writes them as PNG: what stands for the photographs of books,
//! and the logo.

use super::rng::Dice;

const WIDTH: i32 = 640;
const HEIGHT: i32 = 480;

/// Colours of a picture: wall, floor, furniture, light, and four accents.
type Palette = [[u8; 3]; 8];

const PALETTES: [Palette; 3] = [
    [
        [236, 228, 214],
        [196, 178, 152],
        [122, 92, 68],
        [255, 248, 228],
        [190, 74, 60],
        [70, 112, 118],
        [222, 168, 72],
        [64, 62, 70],
    ],
    [
        [216, 226, 232],
        [170, 184, 194],
        [74, 92, 112],
        [250, 252, 246],
        [206, 120, 92],
        [92, 138, 110],
        [232, 196, 110],
        [44, 52, 66],
    ],
    [
        [232, 222, 232],
        [186, 172, 190],
        [104, 80, 110],
        [254, 246, 236],
        [88, 122, 166],
        [176, 90, 110],
        [214, 178, 96],
        [56, 48, 64],
    ],
];

/// Draws a scene and gives the bytes of its file.
pub(crate) fn draw(scene: &str, dice: &mut Dice) -> Vec<u8> {
    let palette = PALETTES[dice.below(PALETTES.len())];
    let mut canvas = Canvas::new();
    canvas.rectangle(0, 0, WIDTH, HEIGHT, 0);
    canvas.rectangle(0, 380, WIDTH, HEIGHT, 1);
    match scene {
        "vitrine" | "rayon" => canvas.shelves(scene == "vitrine", dice),
        "tableau" | "baie" => canvas.rack(scene == "baie", dice),
        "ampoule" => canvas.lamp(),
        "ecran" => canvas.screen(dice),
        _ => canvas.counter(dice),
    }
    png(&palette, &canvas.pixels)
}

/// Draws the logo of the school: a rising line over a bar, on white.
pub(crate) fn logo() -> Vec<u8> {
    let mut palette = PALETTES[1];
    palette[0] = [255, 255, 255];
    palette[4] = [18, 84, 96];
    let mut canvas = Canvas::new();
    for step in 0..4 {
        let x = 60 + step * 136;
        canvas.rectangle(x, 330 - step * 78, x + 112, 400, if step == 3 { 6 } else { 4 });
        canvas.disc(x + 56, 290 - step * 78, 26, 7);
    }
    canvas.rectangle(40, 416, 600, 440, 4);
    png(&palette, &canvas.pixels)
}

/// One palette index a pixel.
struct Canvas {
    pixels: Vec<u8>,
}

impl Canvas {
    fn new() -> Self {
        Self { pixels: vec![0; (WIDTH * HEIGHT) as usize] }
    }

    fn rectangle(&mut self, left: i32, top: i32, right: i32, bottom: i32, colour: u8) {
        for y in top.max(0)..bottom.min(HEIGHT) {
            let start = (y * WIDTH + left.clamp(0, WIDTH)) as usize;
            let end = (y * WIDTH + right.clamp(0, WIDTH)) as usize;
            if let Some(row) = self.pixels.get_mut(start..end.max(start)) {
                row.fill(colour);
            }
        }
    }

    fn disc(&mut self, x: i32, y: i32, radius: i32, colour: u8) {
        for dy in -radius..=radius {
            let half = f64::from(radius * radius - dy * dy).sqrt() as i32;
            self.rectangle(x - half, y + dy, x + half, y + dy + 1, colour);
        }
    }

    /// A shop window or a shelf: boards, and things of all sizes on them.
    fn shelves(&mut self, window: bool, dice: &mut Dice) {
        self.rectangle(60, 50, 580, 400, 2);
        self.rectangle(76, 66, 564, 392, 3);
        for board in 0..3 {
            let y = 166 + board * 108;
            self.rectangle(76, y, 564, y + 10, 2);
            let mut x = 92;
            while x < 520 {
                let (wide, high) = (dice.between(22, 52), dice.between(30, 78));
                let colour = 4 + dice.below(3) as u8;
                if dice.percent(30) {
                    self.disc(x + wide / 2, y - wide / 2, wide / 2, colour);
                } else {
                    self.rectangle(x, y - high, x + wide, y, colour);
                }
                x += wide + dice.between(8, 22);
            }
        }
        if window {
            for light in 0..12 {
                self.disc(92 + light * 42, 82, 6, 6);
            }
        }
    }

    /// A switchboard, or a bay full of wires.
    fn rack(&mut self, wires: bool, dice: &mut Dice) {
        self.rectangle(170, 36, 470, 432, 7);
        self.rectangle(184, 50, 456, 418, 3);
        for row in 0..5 {
            let y = 66 + row * 70;
            self.rectangle(196, y, 444, y + 44, 2);
            for place in 0..10 {
                let x = 204 + place * 24;
                let colour = if dice.percent(70) { 3 } else { 4 + dice.below(3) as u8 };
                self.rectangle(x, y + 8, x + 16, y + 36, colour);
                if wires && dice.percent(60) {
                    let colour = 4 + dice.below(3) as u8;
                    self.rectangle(x + 6, y + 36, x + 9, y + 70, colour);
                }
            }
        }
    }

    /// A lamp above a table.
    fn lamp(&mut self) {
        self.rectangle(316, 0, 324, 120, 7);
        for step in 0..60 {
            self.rectangle(320 - 30 - step, 120 + step, 320 + 30 + step, 121 + step, 4);
        }
        self.disc(320, 196, 34, 6);
        self.disc(320, 196, 22, 3);
        self.rectangle(150, 350, 490, 366, 2);
        self.rectangle(170, 366, 186, 450, 2);
        self.rectangle(454, 366, 470, 450, 2);
    }

    /// A screen with a table of figures on it.
    fn screen(&mut self, dice: &mut Dice) {
        self.rectangle(120, 70, 520, 340, 7);
        self.rectangle(134, 84, 506, 326, 3);
        for bar in 0..9 {
            let high = dice.between(30, 170);
            let x = 156 + bar * 38;
            self.rectangle(x, 306 - high, x + 24, 306, 4 + (bar % 3) as u8);
        }
        self.rectangle(290, 340, 350, 380, 7);
        self.rectangle(230, 380, 410, 394, 7);
    }

    /// A reception desk, a plant, a board on the wall.
    fn counter(&mut self, dice: &mut Dice) {
        self.rectangle(330, 60, 570, 200, 3);
        for line in 0..4 {
            let colour = 4 + (line % 3) as u8;
            self.rectangle(
                350,
                82 + line * 28,
                400 + dice.between(20, 140),
                94 + line * 28,
                colour,
            );
        }
        self.rectangle(90, 280, 520, 420, 2);
        self.rectangle(76, 264, 534, 284, 7);
        self.rectangle(548, 330, 592, 400, 4);
        self.disc(570, 300, 38, 5);
        self.disc(196, 240, 26, 6);
    }
}

/// Writes a PNG of 8-bit indexed colours.
fn png(palette: &Palette, pixels: &[u8]) -> Vec<u8> {
    let mut raw = Vec::with_capacity(pixels.len() + HEIGHT as usize);
    for row in pixels.chunks(WIDTH as usize) {
        raw.push(0);
        raw.extend_from_slice(row);
    }
    let mut header = Vec::new();
    header.extend_from_slice(&WIDTH.to_be_bytes());
    header.extend_from_slice(&HEIGHT.to_be_bytes());
    header.extend_from_slice(&[8, 3, 0, 0, 0]);
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut out, b"IHDR", &header);
    chunk(&mut out, b"PLTE", palette.as_flattened());
    chunk(&mut out, b"IDAT", &zlib(&raw));
    chunk(&mut out, b"IEND", &[]);
    out
}

fn chunk(out: &mut Vec<u8>, name: &[u8; 4], data: &[u8]) {
    out.extend_from_slice(&(data.len() as u32).to_be_bytes());
    let start = out.len();
    out.extend_from_slice(name);
    out.extend_from_slice(data);
    let sum = crc(out.get(start..).unwrap_or_default());
    out.extend_from_slice(&sum.to_be_bytes());
}

fn crc(data: &[u8]) -> u32 {
    !data.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ if sum & 1 == 1 { 0xedb8_8320 } else { 0 }
        })
    })
}

/// Lengths a match may have: base of each code from 257 on, and extra bits.
const LENGTHS: [(usize, u32); 29] = [
    (3, 0),
    (4, 0),
    (5, 0),
    (6, 0),
    (7, 0),
    (8, 0),
    (9, 0),
    (10, 0),
    (11, 1),
    (13, 1),
    (15, 1),
    (17, 1),
    (19, 2),
    (23, 2),
    (27, 2),
    (31, 2),
    (35, 3),
    (43, 3),
    (51, 3),
    (59, 3),
    (67, 4),
    (83, 4),
    (99, 4),
    (115, 4),
    (131, 5),
    (163, 5),
    (195, 5),
    (227, 5),
    (258, 0),
];

/// Deflates with fixed codes and two distances only, the pixel before and the row above: enough for flat colours.
fn zlib(raw: &[u8]) -> Vec<u8> {
    let stride = WIDTH as usize + 1;
    let mut bits = Bits { out: vec![0x78, 0x01], held: 0, count: 0 };
    bits.push(0b011, 3);
    let mut at = 0;
    while at < raw.len() {
        let run = |distance: usize| {
            let back = at.checked_sub(distance).map(|from| &raw[from..]);
            let pairs = back.into_iter().flat_map(|before| before.iter().zip(&raw[at..]));
            pairs.take(258).take_while(|(a, b)| a == b).count()
        };
        let above = run(stride);
        let before = if above < 258 { run(1) } else { 0 };
        let length = above.max(before);
        if length < 3 {
            bits.literal(u32::from(raw[at]));
            at += 1;
            continue;
        }
        let code = LENGTHS.iter().rposition(|(base, _)| *base <= length).unwrap_or(0);
        let (base, extra) = LENGTHS[code];
        bits.literal(257 + code as u32);
        bits.push((length - base) as u32, extra);
        if before >= above {
            bits.push(0, 5);
        } else {
            // Code 18 begins at 513 and takes eight more bits.
            bits.push(18_u32.reverse_bits() >> 27, 5);
            bits.push((stride - 513) as u32, 8);
        }
        at += length;
    }
    bits.literal(256);
    bits.push(0, 7);
    let (low, high) = raw.iter().fold((1_u32, 0_u32), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % 65_521;
        (low, (high + low) % 65_521)
    });
    bits.out.extend_from_slice(&((high << 16) | low).to_be_bytes());
    bits.out
}

/// Bits, the lowest first.
struct Bits {
    out: Vec<u8>,
    held: u32,
    count: u32,
}

impl Bits {
    fn push(&mut self, value: u32, count: u32) {
        self.held |= value << self.count;
        self.count += count;
        while self.count >= 8 {
            self.out.push((self.held & 0xff) as u8);
            self.held >>= 8;
            self.count -= 8;
        }
    }

    /// Writes a literal or a length with the fixed code, highest bit first.
    fn literal(&mut self, symbol: u32) {
        let (code, length) = match symbol {
            0..144 => (0x30 + symbol, 8),
            144..256 => (0x190 + symbol - 144, 9),
            256..280 => (symbol - 256, 7),
            _ => (0xc0 + symbol - 280, 8),
        };
        self.push(code.reverse_bits() >> (32 - length), length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_small_and_whole() {
        for scene in ["vitrine", "rayon", "comptoir", "tableau", "ampoule", "baie", "ecran"] {
            let picture = draw(scene, &mut Dice::new(1, scene));
            assert!(picture.starts_with(b"\x89PNG") && picture.ends_with(b"IEND\xae\x42\x60\x82"));
            assert!(picture.len() < 20_000, "{scene}: {}", picture.len());
        }
    }

    #[test]
    fn sums_are_those_of_the_standard() {
        assert_eq!(crc(b"123456789"), 0xcbf4_3926);
        let end = zlib(b"abc");
        assert_eq!(end[end.len() - 4..], 0x024d_0127_u32.to_be_bytes());
    }
}
