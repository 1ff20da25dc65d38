// One disclosure from the clerk's desk to the notice board and off it again, as people do it.
import { follow, main, says, send, step } from "./page.mjs";
import { check, story } from "./tap.mjs";
import { photo, paper } from "./files.mjs";

const UNIT = "/don-vi/14554";
const TITLE = "Thu, chi quỹ khuyến học năm 2020";
const BODY = "Tổng thu 12.400.000 đồng.\n\nTổng chi 9.150.000 đồng.";


// A disclosure recorded by the clerk, without faults; returns its address.
async function record(page, title) {
	await page.goto(UNIT);
	await follow(page.locator('main a[href^="/ghi-moi/cong-khai/"]'));
	await page.selectOption("#matter", { index: 1 });
	await page.fill("#title", title);
	await page.fill("#body", BODY);
	await page.fill("#issuer", "UBND xã Ninh Vân");
	await page.fill("#issued_on", "04/01/2021");
	await send(page);
	check(/\/ho-so\/CK-/.test(page.url()), `not recorded: ${(await main(page)).slice(0, 400)}`);
	return new URL(page.url()).pathname;
}

async function submit(page) {
	await step(page, "submit");
	await page.check("#no_secret");
	await page.check("#names_lawful");
	await send(page);
}

export async function flows({ clerk, leader, visitor }) {
	let at;
	const c = clerk.page, l = leader.page, v = visitor.page;

	await story("a clerk sends a form with faults and nothing typed or chosen is lost", async () => {
		await c.goto(UNIT);
		await follow(c.locator('main a[href^="/ghi-moi/cong-khai/"]'));
		await c.selectOption("#matter", { index: 1 });
		await c.fill("#body", BODY);
		await c.fill("#issuer", "UBND xã Ninh Vân");
		await c.fill("#issued_on", "hôm qua");
		await c.setInputFiles("#files", paper("quyet-dinh.pdf"));
		const matter = await c.inputValue("#matter");
		await send(c);
		check((await c.title()).startsWith("Lỗi:"), "the title does not say that something is wrong");
		check(await c.locator(".errs a").count() >= 2, "the summary does not list both faults");
		await says(c, "25/11/2026");
		check(await c.inputValue("#matter") === matter, "the choice is lost");
		check((await c.inputValue("#body")).replaceAll("\r", "") === BODY, "the text is lost");
		check(await c.inputValue("#issued_on") === "hôm qua", "the faulty day is not shown as typed");
		await says(c, "quyet-dinh.pdf");
		await c.fill("#title", TITLE);
		await c.fill("#issued_on", "04/01/2021");
		await send(c);
		at = new URL(c.url()).pathname;
		check(/\/ho-so\/CK-/.test(at), `not recorded: ${(await main(c)).slice(0, 400)}`);
		await says(c, TITLE);
		await says(c, "quyet-dinh.pdf");
	});
	if (!at) return;

	await story("a draft is not for strangers", async () => {
		const answer = await v.goto(at);
		check(answer.status() === 404, `a stranger got ${answer.status()}`);
	});

	await story("a clerk submits with the checklist, a leader finds it in the queue and approves", async () => {
		await c.goto(at);
		await submit(c);
		await says(c, "Chờ duyệt");
		await l.goto("/viec");
		await follow(l.locator(`main a[href^="${at}?tu="]`));
		await follow(l.locator('main a[href*="/lam/publish?tu="]').first());
		await send(l);
		check(new URL(l.url()).pathname === "/viec", `not back in the queue: ${l.url()}`);
		await l.goto(at);
		await says(l, "Đã công khai");
	});

	await story("a clerk records a posting with a photo, and the photo is shown", async () => {
		await c.goto(at);
		await step(c, "post");
		await c.fill("#place", "Trụ sở UBND xã Ninh Vân");
		await c.setInputFiles("#photos", photo("bang-tin.png"));
		await send(c);
		await says(c, "Trụ sở UBND xã Ninh Vân");
		const image = c.locator("main figure img").first();
		const picture = await clerk.get(await image.getAttribute("src"));
		check(picture.ok && picture.headers.get("content-type") === "image/jpeg", "no thumbnail");
	});

	await story("a visitor finds it by words without diacritics and opens it", async () => {
		await v.goto("/");
		await v.fill("#q", "thu chi quy khuyen hoc");
		await follow(v.locator("form[role=search] button"));
		await follow(v.locator(`main a[href="${at}"]`));
		await says(v, "Tổng thu 12.400.000 đồng.");
		await says(v, "Bản ghi này có thật");
	});

	await story("a visitor verifies it by its code and by its check value", async () => {
		await v.goto(at);
		const value = (await v.locator(".proof .code").first().innerText()).trim();
		for (const typed of [at.split("/").at(-1).toLowerCase(), value]) {
			await v.goto("/kiem-chung");
			await v.locator("main form :is(input[type=text], textarea, input[type=search])").first().fill(typed);
			await follow(v.locator("main form button.btn").first());
			check(await v.locator("main .banner.ok, main .proof:not(.bad)").count() > 0,
				`"${typed}" was not found true: ${(await main(v)).slice(0, 400)}`);
		}
	});

	await story("a visitor downloads the receipt", async () => {
		await v.goto(at);
		const link = await v.locator('.proof a[href$="/bien-nhan"]').first().getAttribute("href");
		const receipt = await visitor.get(link);
		check((await receipt.text()).startsWith("c2sp.org/tlog-proof@v1\n"), "this is no receipt");
		check(/attachment/.test(receipt.headers.get("content-disposition")), "not offered as a file");
	});

	await story("a leader corrects it and a visitor sees what changed and why", async () => {
		await l.goto(at);
		await step(l, "correct");
		check(await l.inputValue("#title") === TITLE, "the form does not begin with what is there");
		await l.fill("#body", BODY.replace("9.150.000", "9.510.000"));
		await l.fill("#reason", "Cộng sai hai khoản chi cuối năm");
		await send(l);
		await v.goto(at);
		await says(v, "Cộng sai hai khoản chi cuối năm");
		await follow(v.locator('main a[href*="?so=1"]'));
		check((await v.locator("ins").allInnerTexts()).join(" ").includes("510"), "what was added is not marked");
		check((await v.locator("del").allInnerTexts()).join(" ").includes("150"), "what was removed is not marked");
	});

	await story("a clerk reports a torn sheet and its run of days begins anew", async () => {
		await c.goto(at);
		await step(c, "torn");
		await c.locator("[name=sheet]").first().check();
		await c.fill("#again", "05/01/2021");
		await send(c);
		await v.goto(at);
		await says(v, "đếm lại từ đầu");
	});

	await story("after a takedown a stub stays, saying why, and the words are gone", async () => {
		await l.goto(at);
		await step(l, "take_down");
		await l.locator("[name=ground]").first().check();
		await send(l);
		await v.goto(at);
		await says(v, "Nội dung này đã được gỡ khẩn cấp");
		const text = await main(v);
		check(!text.includes("12.400.000") && !text.includes("khuyến học"), "the words are still there");
		await v.goto("/tim?q=khuyen+hoc");
		check(!(await main(v)).includes("khuyến học"), "search still finds the words");
	});

	await story("a leader restores it and its words come back", async () => {
		await l.goto(at);
		await step(l, "restore");
		await l.fill("#reason", "Đã soát lại, không có thông tin cá nhân");
		await send(l);
		await v.goto(at);
		await says(v, "Tổng thu 12.400.000 đồng.");
	});

	// One more in each state that has steps of its own, for the visit of every page.
	const left = [];
	await story("a leader returns one, a clerk keeps another as a draft", async () => {
		left.push(await record(c, "Kế hoạch làm đường thôn 2"));
		left.push(await record(c, "Dự kiến chỉnh trang nhà văn hóa"));
		await submit(c);
		left.push(await record(c, "Danh sách hộ được hỗ trợ giống lúa"));
		await submit(c);
		const returned = left.at(-1);
		await l.goto(returned);
		await step(l, "return");
		await l.fill("#reason", "Bổ sung số tiền của từng hộ");
		await send(l);
		await says(l, "Chưa gửi duyệt");
	});
	return { shown: at, left };
}
