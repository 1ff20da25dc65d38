// What holds for every page, whoever reads it: design README, chapters 2 and 7.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const KILOBYTES = 60;
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
// Both widths and both colour schemes, which do not depend on each other.
const LOOKS = [
	{ width: 360, height: 740, colorScheme: "light" },
	{ width: 1280, height: 900, colorScheme: "dark" },
];

// Run inside the page: no script of the page's own is needed for it.
function measure() {
	const out = { h1: document.querySelectorAll("h1").length, small: [], styled: 0 };
	out.styled = document.querySelectorAll("[style]").length;
	for (const e of document.querySelectorAll("a[href], button, input, select, textarea, summary")) {
		const box = e.getBoundingClientRect();
		if (!box.width || e.type === "hidden" || e.closest(".vh, .skip, [hidden]")) continue;
		const control = e.matches(".btn, select, textarea, input:not([type=radio], [type=checkbox], [type=file])");
		const line = Math.ceil((parseFloat(getComputedStyle(e).lineHeight) || 0) + 0.5);
		const height = getComputedStyle(e).display === "inline" ? Math.max(box.height, line) : box.height;
		if (height + 0.5 < (control ? 44 : 24))
			out.small.push(`${e.outerHTML.slice(0, 100)} is ${height.toFixed(0)} px high`);
	}
	return out;
}

function wide() {
	const over = document.documentElement.scrollWidth - innerWidth;
	if (over <= 0) return "";
	let worst = null;
	for (const e of document.body.querySelectorAll("*")) {
		const right = e.getBoundingClientRect().right;
		if (!e.closest(".vh, .scroll") && right > innerWidth + 0.5 && (!worst || right > worst.right))
			worst = { right, is: e.outerHTML.slice(0, 100) };
	}
	return `${over} px too wide: ${worst?.is ?? "?"}`;
}

// A visit without JavaScript: faults found.
export async function visit(context, url, { status = 200 } = {}) {
	const faults = [];
	const page = await context.newPage();
	let css = 0;
	page.on("console", (m) => {
		if (m.type() === "error" && !(status >= 400 && /status of \d+/.test(m.text())))
			faults.push(`console: ${m.text()}`);
	});
	page.on("pageerror", (e) => faults.push(`page error: ${e.message}`));
	page.on("requestfailed", (r) => faults.push(`failed: ${r.url()} ${r.failure()?.errorText}`));
	page.on("response", async (r) => {
		if (r.status() >= 400 && r.request().resourceType() !== "document") faults.push(`${r.status()}: ${r.url()}`);
		if (r.request().resourceType() === "stylesheet") css += (await r.body().catch(() => "")).length;
	});
	try {
		await page.setViewportSize({ width: 1280, height: 900 });
		const answer = await page.goto(url);
		if (answer.status() !== status) faults.push(`status ${answer.status()}, not ${status}`);
		const html = (await answer.body()).length;
		css ||= styleBytes;
		styleBytes = css;
		if (html + css > KILOBYTES * 1024) faults.push(`HTML ${html} + CSS ${css} bytes`);
		for (const width of [1280, 360, 320]) {
			await page.setViewportSize({ width, height: width > 400 ? 900 : 740 });
			const over = await page.evaluate(wide);
			if (over) faults.push(`at ${width}: ${over}`);
			if (width === 320) continue;
			const found = await page.evaluate(measure);
			if (found.h1 !== 1) faults.push(`${found.h1} headings of the first rank`);
			if (found.styled) faults.push(`${found.styled} style attributes`);
			faults.push(...found.small.map((s) => `at ${width}: ${s}`));
		}
	} catch (e) {
		faults.push(e.message.split("\n")[0]);
	}
	await page.close();
	return [...new Set(faults)];
}
let styleBytes = 0;

// The same page with every fold open, examined by axe: small in the light, large in the dark.
export async function examine(context, url) {
	const faults = [];
	const page = await context.newPage();
	try {
		await page.goto(url);
		await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
		await page.evaluate(axeSource);
		for (const { width, height, colorScheme } of LOOKS) {
			await page.setViewportSize({ width, height });
			await page.emulateMedia({ colorScheme });
			const { violations } = await page.evaluate((tags) => window.axe.run(document, {
				runOnly: { type: "tag", values: tags }, resultTypes: ["violations"], elementRef: false,
			}), TAGS);
			for (const v of violations)
				faults.push(`${width} ${colorScheme} ${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 140)).join(" | ")}`);
		}
	} catch (e) {
		faults.push(e.message.split("\n")[0]);
	}
	await page.close();
	return faults;
}
