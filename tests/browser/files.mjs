// Files people attach, made here: a picture and a paper.
import { deflateSync, crc32 } from "node:zlib";
import { Buffer } from "node:buffer";

function crcOf(data) {
	if (crc32) return crc32(data);
	let c = ~0;
	for (const byte of data) {
		c ^= byte;
		for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
	}
	return ~c >>> 0;
}

function chunk(type, data) {
	const body = Buffer.concat([Buffer.from(type), data]);
	const out = Buffer.alloc(body.length + 8);
	out.writeUInt32BE(data.length, 0);
	body.copy(out, 4);
	out.writeUInt32BE(crcOf(body), body.length + 4);
	return out;
}

// A board with a sheet on it, 320 by 200.
export function photo(name) {
	const w = 320, h = 200;
	const rows = [];
	for (let y = 0; y < h; y++) {
		const row = Buffer.alloc(1 + 3 * w);
		for (let x = 0; x < w; x++) {
			const sheet = x > 90 && x < 230 && y > 40 && y < 160;
			const line = sheet && y % 16 < 3 && x > 105 && x < 215;
			row.set(line ? [60, 50, 40] : sheet ? [252, 250, 240] : [130, 95, 60], 1 + 3 * x);
		}
		rows.push(row);
	}
	const head = Buffer.alloc(13);
	head.writeUInt32BE(w, 0);
	head.writeUInt32BE(h, 4);
	head.set([8, 2, 0, 0, 0], 8);
	const buffer = Buffer.concat([
		Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
		chunk("IHDR", head),
		chunk("IDAT", deflateSync(Buffer.concat(rows))),
		chunk("IEND", Buffer.alloc(0)),
	]);
	return { name, mimeType: "image/png", buffer };
}

export function paper(name) {
	const text = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
		"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
	return { name, mimeType: "application/pdf", buffer: Buffer.from(text) };
}
