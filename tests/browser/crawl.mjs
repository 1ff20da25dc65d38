// The pages a person can reach by links, one of each route: what is visited and examined.
import { routeOf } from "./routes.mjs";

const EACH = 1;

// Pages that differ by what is done, not by whose they are, are each a page of their own.
function family(route, path) {
	return /\/\{step\}$/.test(route) ? route.replace("{step}", path.split("/").at(-1)) : route;
}

export async function crawl(get, starts, all, seen) {
	const pages = [];
	const count = {};
	const known = new Set(starts);
	const queue = [...starts];
	while (queue.length) {
		const url = queue.shift();
		const path = url.replace(/[?#].*/, "").replace(/^\/en(?=\/|$)/, "") || "/";
		const route = routeOf(all, path.replace(/\.(csv|json|atom)$/, ""));
		const answer = await get(url);
		if (route && answer.status === 200) seen.add(route);
		const to = answer.headers.get("location");
		if (to?.startsWith("/") && !known.has(to)) {
			known.add(to);
			queue.push(to);
			if (route) seen.add(route);
			continue;
		}
		const type = answer.headers.get("content-type") ?? "";
		if (!type.startsWith("text/html")) {
			if (answer.status >= 400) pages.push({ url, status: 200 });
			continue;
		}
		pages.push({ url, status: 200 });
		for (const [, found] of (await answer.text()).matchAll(/<a [^>]*?href="(\/[^"#]*)/g)) {
			const href = found.replaceAll("&amp;", "&");
			if (known.has(href) || href.startsWith("/en/") || href === "/en") continue;
			known.add(href);
			const plain = href.replace(/[?#].*/, "").replace(/\.(csv|json|atom)$/, (e) => e);
			const key = family(routeOf(all, plain) ?? plain, plain) + (href.includes("?") ? "?" : "");
			count[key] = (count[key] ?? 0) + 1;
			if (count[key] <= EACH) queue.push(href);
		}
	}
	return pages;
}
