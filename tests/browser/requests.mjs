// A request for information from a phone to its answer, and a document that asks villages to take note.
import { follow, main, says, send, step } from "./page.mjs";
import { check, story } from "./tap.mjs";
import { paper } from "./files.mjs";



const PURPOSE = "Để biết tiền làm đường đã dùng vào việc gì";

async function look(page, at) {
	await page.goto(at);
	await page.fill("#reason", "Giải quyết yêu cầu theo phân công");
	await send(page);
}

// What only the stories here leave behind: pages of the citizen and of the officials.
export async function requests({ citizen, clerk, leader, visitor }) {
	const p = citizen.page, c = clerk.page, l = leader.page, v = visitor.page;
	const ask = "/ghi-moi/yeu-cau-thong-tin/14554";
	let at;

	await story("a citizen finds the office, forgets half and loses nothing of the other half", async () => {
		await p.goto("/yeu-cau-thong-tin");
		await p.fill("#co-quan", "xa ninh van");
		await follow(p.locator("main form.find button"));
		await follow(p.locator(`main a[href="${ask}"]`).first());
		await says(p, "UBND xã Ninh Vân");
		await p.fill("#title", "Đường");
		await p.fill("#purpose", PURPOSE);
		await send(p);
		check((await p.title()).startsWith("Lỗi:"), "the title does not say that something is wrong");
		await says(p, "Viết thêm");
		check(await p.inputValue("#purpose") === PURPOSE, "the purpose is lost");
	});

	await story("the receipt tells the code, the day and how it was counted; nobody else opens it", async () => {
		await p.fill("#title", "Quyết toán kinh phí làm đường thôn Xóm Mẫu");
		await p.locator("[name=wanted]").first().check();
		await p.fill("#name", "Người Dân Mẫu");
		await p.fill("#address", "Xóm Mẫu, xã Ninh Vân");
		await send(p);
		at = new URL(p.url()).pathname;
		check(/\/ho-so\/YT-/.test(at), `not sent: ${(await main(p)).slice(0, 400)}`);
		await says(p, "phải trả lời chậm nhất hết");
		await says(p, "Hạn này tính thế nào?");
		check((await v.goto(at)).status() === 404, "a stranger reads it");
		await p.goto("/ho-so-cua-toi");
		check(await p.locator(`main a[href="${at}"]`).count() > 0, "it is not among his own");
	});
	if (!at) return [];

	await story("a clerk says why he looks, and answers; the citizen reads both", async () => {
		await c.goto("/viec");
		check(await c.locator(`main a[href^="${at}?tu="]`).count() > 0, "it is not in the queue");
		await look(c, at);
		await says(c, PURPOSE);
		await step(c, "answer");
		await c.locator("[name=extent]").first().check();
		await c.fill("#answer", "Tổng chi **850.000.000 đồng**.");
		await send(c);
		await p.goto(at);
		await says(p, "850.000.000 đồng");
		await says(p, "Giải quyết yêu cầu theo phân công");
	});

	await story("a leader publishes the answer in the office's words, and nothing leads to who asked", async () => {
		await look(l, at);
		await step(l, "publish");
		check((await l.inputValue("#text")).includes("850.000.000"), "it does not begin with the answer");
		await l.fill("#question", "Kinh phí làm một đường thôn, hỏi bởi Người Dân Mẫu");
		await l.check("#no_secret");
		await l.check("#names_lawful");
		await send(l);
		check((await l.title()).startsWith("Lỗi:"), "the name of who asked went through");
		await l.fill("#question", "Kinh phí làm một đường thôn");
		await send(l);
		await v.goto("/thong-tin-da-cung-cap");
		await follow(v.locator("main a", { hasText: "Kinh phí làm một đường thôn" }).first());
		await says(v, "850.000.000 đồng");
		const text = await v.content();
		check(!text.includes("Người Dân Mẫu") && !text.includes(at), "the page leads to who asked");
	});

	// In other states, for the visit of every page.
	const left = [at, "/ho-so-cua-toi", ask];
	for (const [name, fill] of [["accept", async () => {
		await c.locator("[name=complexity]").last().check();
		await c.fill("#place", "Bộ phận một cửa");
	}], ["ask", () => c.fill("#asked", "Xin ghi rõ năm cần xem.")]])
		await story(`another request reaches "${name}"`, async () => {
			await p.goto(ask);
			await p.fill("#title", `Dự toán ngân sách năm 2021 (${name})`);
			await p.locator("[name=wanted]").first().check();
			await p.fill("#name", "Người Dân Mẫu");
			await p.fill("#address", "Xóm Mẫu, xã Ninh Vân");
			await p.fill("#purpose", PURPOSE);
			await send(p);
			const other = new URL(p.url()).pathname;
			await look(c, other);
			await step(c, name);
			await fill();
			await send(c);
			await p.goto(other);
			await says(p, name === "ask" ? "Xin ghi rõ năm cần xem." : "Bộ phận một cửa");
			left.push(other);
		});
	return left;
}

export async function documents({ clerk, leader, visitor }) {
	const c = clerk.page, l = leader.page, v = visitor.page;
	let at;
	await story("a document that asks every village shows who has not yet taken note", async () => {
		await c.goto("/ghi-moi/van-ban/14554");
		await c.selectOption("#type", "plan").catch(() => c.check("[name=type][value=plan]"));
		await c.fill("#title", "Kế hoạch dọn vệ sinh đường thôn");
		await c.fill("#number", "05/KH-UBND");
		await c.fill("#issuer", "UBND xã Ninh Vân");
		await c.fill("#issued_on", "04/01/2021");
		await c.setInputFiles("#files", paper("ke-hoach.pdf"));
		await c.locator("[name=groups]").first().check();
		await send(c);
		check((await c.title()).startsWith("Lỗi:"), "targets without a day went through");
		await c.locator("[name=asked][value=acknowledge]").check();
		await c.fill("#due_on", "29/01/2021");
		await send(c);
		at = new URL(c.url()).pathname;
		check(/\/ho-so\/VB-/.test(at), `not recorded: ${(await main(c)).slice(0, 400)}`);
		await step(c, "submit");
		await c.check("#no_secret");
		await c.check("#names_lawful");
		await send(c);
		await l.goto(`${at}/lam/publish`);
		await send(l);
		await v.goto(at);
		await says(v, "Chưa xác nhận");
		await follow(v.locator(`main a[href^="${at}/giao-viec"]`).first());
		await says(v, "29/01/2021");
		await follow(v.locator('main a[href^="/ho-so/GV-"]').first());
		await says(v, "Kế hoạch dọn vệ sinh đường thôn");
	});
	return at ? [at, `${at}/giao-viec`] : [];
}
