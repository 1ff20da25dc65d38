// The GET routes, read from the tables in the source: a page that is added and never visited fails.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "../..");

function sources() {
	const folders = ["web", "main"];
	for (const m of readdirSync(join(root, "modules"), { withFileTypes: true }))
		if (m.isDirectory()) folders.push(join("modules", m.name));
	return folders.flatMap((f) =>
		readdirSync(join(root, f))
			.filter((n) => n.endsWith(".c") && !n.startsWith("test_"))
			.map((n) => join(root, f, n)));
}

export function routes() {
	const found = new Set();
	for (const file of sources()) {
		const text = readFileSync(file, "utf8");
		for (const [, path] of text.matchAll(/\{\s*GET,\s*"([^"]+)"/g)) found.add(path);
		for (const [, slug] of text.matchAll(/\.slug = "([^"]+)"/g)) found.add(`/${slug}`);
	}
	return [...found].sort();
}

// The route an address belongs to: the one with the fewest names to fill in.
export function routeOf(all, path) {
	const parts = path.split("/");
	const fits = (route) => {
		const r = route.split("/");
		const rest = r.at(-1).endsWith("*}");
		return (rest ? parts.length >= r.length : parts.length === r.length) &&
			r.every((p, i) => p === parts[i] || (p.startsWith("{") && parts[i] !== ""));
	};
	const holes = (route) => route.split("{").length;
	return all.filter(fits).sort((a, b) => holes(a) - holes(b))[0];
}
