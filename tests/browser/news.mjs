// An article from the clerk's desk to its readers, and an answer that names nobody.
import { follow, main, says, send } from "./page.mjs";
import { check, story } from "./tap.mjs";
import { photo } from "./files.mjs";


// What was made, as a path; the stories after the first need it.
export async function news({ clerk, leader, visitor }) {
	const c = clerk.page, l = leader.page, v = visitor.page;
	let at;

	await story("an article with a photo is written, captioned, approved and read", async () => {
		await c.goto("/ghi-moi/tin/14554");
		await c.fill("#title", "Xã làm sạch đường làng");
		await c.fill("#lead", "Sáng nay bà con dọn sạch ba đoạn đường.");
		await c.fill("#body", "Mỗi hộ cử **một người**; không thu tiền của ai.");
		await c.fill("#byline", "Văn phòng UBND xã");
		await c.setInputFiles("#photos", photo("duong-lang.png"));
		await send(c);
		await says(c, "Có 1 ảnh mà có 0 dòng chú thích");
		await says(c, "duong-lang.png");
		await c.fill("#captions", "Đoạn đường đã dọn | Văn phòng UBND xã");
		await send(c);
		const code = new URL(c.url()).pathname;
		check(/\/ho-so\/TI-/.test(code), `not recorded: ${(await main(c)).slice(0, 400)}`);
		check((await visitor.get(code)).status === 404, "a draft is public");
		await follow(c.locator('main a[href$="/lam/submit"]'));
		await c.check("#no_secret");
		await c.check("#names_lawful");
		await send(c);
		await l.goto(`${code}/lam/publish`);
		await send(l);
		await v.goto(code);
		const lead = v.locator("article.prose > p").first();
		check(await lead.innerText() === "Sáng nay bà con dọn sạch ba đoạn đường.", "the lead is not first");
		const weight = await lead.evaluate((e) => getComputedStyle(e).fontWeight).catch(() => "600");
		check(Number(weight) >= 600, `the lead is not bold: ${weight}`);
		await says(v, "Đoạn đường đã dọn");
		await says(v, "Ảnh: Văn phòng UBND xã");
		const image = await v.locator("article.prose img").getAttribute("src");
		check((await visitor.get(image)).headers.get("content-type") === "image/png", "the photo is not served");
		at = code;
	});
	if (!at) return;

	await story("it stands first in the news, on the home page and at its commune, with its lead", async () => {
		await v.goto("/tin");
		const row = v.locator(".items > li").first();
		check((await row.innerText()).includes("Sáng nay bà con dọn sạch"), await row.innerText());
		check(await row.locator("img").count() === 1, "the row shows no picture");
		for (const path of ["/", "/don-vi/14554"]) {
			await v.goto(path);
			await says(v, "Xã làm sạch đường làng");
		}
		await v.goto("/cong-khai");
		await follow(v.locator('nav.tabs a[href="/tin"]'));
		check(new URL(v.url()).pathname === "/tin", "the lists behind one door do not lead to each other");
	});

	await story("a correction keeps the photo and says under the title that there was one", async () => {
		await l.goto(`${at}/lam/correct`);
		await says(l, "duong-lang.png");
		await l.fill("#lead", "Sáng nay bà con dọn sạch bốn đoạn đường.");
		await l.fill("#reason", "Ghi nhầm số đoạn đường.");
		await send(l);
		await v.goto(at);
		await says(v, "Đính chính ngày");
		check(await v.locator("article.prose img").count() === 1, "the photo is lost");
		await v.goto(`${at}/ban/2?so=1`);
		check((await v.locator("del").first().innerText()).includes("ba"), "the versions cannot be compared");
	});

	await story("an answer that leads to a person is refused, and nothing typed is lost", async () => {
		await c.goto("/ghi-moi/thong-tin-chinh-thuc/14554");
		await c.fill("#title", "Về việc thu tiền điện");
		await c.fill("#claim", "Người số 0912 345 678 nói xã thu tiền điện hai lần.");
		await c.fill("#place", "trong nhóm nhắn tin");
		await c.check("input[name=verdict][value=false]");
		await c.fill("#body", "Tiền điện chỉ thu một lần, theo chỉ số công tơ.");
		await send(c);
		await says(c, "“0912 345 678” giống số điện thoại");
		check((await c.inputValue("#body")).startsWith("Tiền điện chỉ thu một lần"), "the answer is lost");
		await c.fill("#claim", "Nghe nói xã thu tiền điện hai lần.");
		await send(c);
		const code = new URL(c.url()).pathname;
		check(/\/ho-so\/TT-/.test(code), `not recorded: ${(await main(c)).slice(0, 400)}`);
		await follow(c.locator('main a[href$="/lam/submit"]'));
		await c.check("#no_secret");
		await c.check("#names_lawful");
		await send(c);
		await says(c, "Không nêu, không để lộ người đã nói");
		await c.check("#no_secret");
		await c.check("#names_lawful");
		await c.check("#nobody_named");
		await send(c);
		await l.goto(`${code}/lam/publish`);
		await send(l);
		await v.goto(code);
		const text = await main(v);
		check(text.indexOf("thông tin này không đúng") < text.indexOf("Nghe nói xã thu tiền điện hai lần"),
			"the claim stands before the answer");
	});
}
