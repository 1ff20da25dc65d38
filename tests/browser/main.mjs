// Flows first, so that every state has a dossier in it; then every page is visited and examined.
import { chromium } from "playwright-core";
import { asking } from "./asking.mjs";
import { crawl } from "./crawl.mjs";
import { flows } from "./flows.mjs";
import { news } from "./news.mjs";
import { person } from "./people.mjs";
import { petitions } from "./petitions.mjs";
import { receptions } from "./receptions.mjs";
import { redactions } from "./redactions.mjs";
import { documents, requests } from "./requests.mjs";
import { routes } from "./routes.mjs";
import { open } from "./site.mjs";
import { plan, point, story, check } from "./tap.mjs";
import { examine, visit } from "./visit.mjs";
import { voices } from "./voices.mjs";

const AT_ONCE = 2;
// Routes no link leads to, and those whose answers are no pages.
const UNLINKED = ["/thiet-lap", "/tro-giup", "/du-lieu"];
// Served only on a site without people, between a password and its authenticator, to whom a sealed case names, by a link
// in a letter.
const ELSEWHERE = ["/thiet-lap", "/dang-nhap/ma", "/ho-so/{code}/danh-tinh", "/thong-bao/thoi/{key}", "/thong-bao/nhan/{key}"];
const NOT_PAGES = /^\/(log\/|metrics|healthz|robots|favicon|dinh\.css|du-lieu\/luat|tong-ket$|cau-hoi-doi-thoai$)|\/\{sha256\}$|\/noi-dung$|\/bien-nhan$|\/nguon\/\{key\}$|\/checkpoint$/;

async function several(items, work) {
	let next = 0;
	await Promise.all(Array.from({ length: AT_ONCE }, async () => {
		for (let i = next++; i < items.length; i = next++) await work(items[i]);
	}));
}

async function main(site, browser) {
	const who = {
		visitor: await person(browser, site),
		// A browser keeps one receipt at a time.
		sender: await person(browser, site),
		booker: await person(browser, site),
		asker: await person(browser, site),
		clerk: await person(browser, site, "canbo.ninhvan"),
		leader: await person(browser, site, "lanhdao.ninhvan"),
		admin: await person(browser, site, "quantri"),
		citizen: await person(browser, site, "nguoidan.ninhvan"),
	};
	const made = await flows(who);
	const hidden = made?.shown ? await redactions(who, made.shown) : [];
	await news(who);
	const citizen = await who.citizen.context.storageState();
	const scripted = await browser.newContext({ baseURL: site.url, locale: "vi-VN", storageState: citizen });
	const said = await voices({ ...who, counting: await scripted.newPage() });
	const asked = await requests(who), given = await documents(who), sent = await petitions(who);
	const received = await receptions({ ...who, sender: who.booker });
	const questions = await asking(who);
	// Kinds that show what they say in their own way: the newest of each.
	const newest = async (list) => `/ho-so/${(await (await who.visitor.get(`${list}.json`)).json())[0].code}`;
	const talk = (await (await who.visitor.get("/doi-thoai.json")).json()).find((d) => d.state === "published")?.code;
	const own = [await newest("/tin"), await newest("/thong-tin-chinh-thuc"), `/ho-so/${talk}/bien-ban-doi-thoai`,
		`/ho-so/${talk}/thong-bao-doi-thoai`, await newest("/kien-nghi-giam-sat"), "/thong-ke/XLD01/14554", "/thong-ke", "/thong-ke/KQGQ01/37?phan=don-vi",
		`${await newest("/ke-hoach-cong-khai")}/toan-bo/dien-bien`, "/tong-ket/37/2020?phan=don-vi"];
	const all = routes();
	const seen = new Set();
	const shown = made?.shown ?? "/";
	const starts = {
		visitor: ["/", "/dang-nhap", "/dang-nhap/ma-mot-lan", "/tim?q=ninh+van", "/tim?q=khongcogica", "/en", "/don-vi/14554", "/don-vi/37", shown,
			"/cong-khai?don-vi=14554&tinh-trang=dung-han", "/han?xem=qua-han", "/han?don-vi=dong", "/han?don-vi=ninh+van",
			"/tong-ket/37/2020", "/tong-ket/374/2020?tu=4&den=6&so-do=CK-07", "/tong-ket/14554/2021", "/en/tong-ket/37/2020",
			"/tong-ket/37/2020/CK-06?ket-qua=chua-dat", "/tong-ket/374/2020/CK-02", "/tong-ket/37/2020/house.coverage", ...own, said.at, ...given,
			"/quy-tac-y-kien", "/tiep-dan?don-vi=14554", "/lich-tiep-dan", "/buoi-tiep-dan"],
		clerk: ["/viec", "/don-vi/14554", "/ghi-moi/tin/14554", "/ghi-moi/thong-tin-chinh-thuc/14554", shown, ...(made?.left ?? []),
			"/don-vi/14554/y-kien", ...said.left, ...asked, ...received.left, ...questions.left, ...sent.left, ...hidden],
		leader: ["/viec", "/don-vi/14554", shown, ...hidden, ...(made?.left ?? []), ...said.left],
		admin: ["/quan-tri", "/quan-tri/ma-xac-thuc", "/tai-khoan/ma-xac-thuc", "/quay?don-vi=14554", "/viec"],
		citizen: ["/tai-khoan", ...said.left, ...asked],
		sender: sent.kept,
		booker: received.kept,
		asker: questions.kept,
	};
	for (const path of UNLINKED) {
		if ((await who.visitor.get(path)).status < 400) starts.visitor.push(path);
	}
	const jobs = [];
	const known = new Set();
	for (const [name, first] of Object.entries(starts)) {
		for (const page of await crawl(who[name].get, first, all, seen)) {
			// What strangers see is examined once; members see the same with a line more.
			const key = page.url;
			if (known.has(key) && !/^\/(viec|ho-so|don-vi)/.test(key)) continue;
			known.add(key);
			jobs.push({ name, ...page });
		}
	}
	jobs.push({ name: "visitor", url: "/khong-co-trang-nay", status: 404 });
	jobs.push({ name: "clerk", url: "/quan-tri", status: 403 });

	const missing = all.filter((r) => !seen.has(r) && !NOT_PAGES.test(r) && !ELSEWHERE.includes(r));
	point("every page of the site is among those visited", missing.map((r) => `nobody came to ${r}`));

	const examined = {};
	for (const name of Object.keys(who))
		examined[name] = await browser.newContext({
			baseURL: site.url, bypassCSP: true, locale: "vi-VN",
			storageState: await who[name].context.storageState(),
		});
	await several(jobs, async (job) => {
		const faults = await visit(who[job.name].context, job.url, job);
		faults.push(...(await examine(examined[job.name], job.url)));
		point(`${job.name} at ${job.url}: readable, reachable, sound`, faults);
	});
	await story("the notice prints on one sheet without the frame of the site", async () => {
		const list = await who.visitor.get("/cong-khai.json?don-vi=14554");
		const code = (await list.json())[0].code;
		const page = who.visitor.page;
		await page.goto(`/ho-so/${code}/niem-yet`);
		await page.emulateMedia({ media: "print" });
		check(!(await page.locator(".roof").isVisible()), "the roof is printed");
		check(await page.locator(".doc").isVisible(), "the notice is not");
		const pdf = (await page.pdf({ format: "A4", preferCSSPageSize: true })).toString("latin1");
		const sheets = pdf.match(/\/Type\s*\/Page\b/g)?.length;
		check(sheets === 1, `it takes ${sheets} sheets`);
		await page.emulateMedia({ media: "screen" });
	});
}

let good = false;
let site, browser;
try {
	site = await open();
	browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
	await main(site, browser);
} catch (e) {
	point("the tests in a browser run to their end", [e.stack]);
} finally {
	good = plan();
	await browser?.close();
	await site?.close();
}
process.exit(good ? 0 : 1);
