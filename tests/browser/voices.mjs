// What a citizen says and asks, what a clerk and a leader make of it, and what a visitor sees of it.
import { follow, says, send, silent, step } from "./page.mjs";
import { check, story } from "./tap.mjs";



async function comment(page, at, text, question) {
	await page.goto(`${at}/y-kien`);
	await page.fill("#text", text);
	if (question) await page.check("#question");
	await send(page);
}

// The page of the newest comment of the member.
async function mine(page) {
	await page.goto("/y-kien-cua-toi");
	await follow(page.locator('main .comment a[href^="/ho-so/YK-"]').first());
	return new URL(page.url()).pathname;
}

// Returns pages that only what was done here has.
export async function voices({ citizen, clerk, leader, visitor, counting }) {
	const c = clerk.page, l = leader.page, v = visitor.page, p = citizen.page;
	const list = await (await visitor.get("/cong-khai.json?don-vi=14554")).json();
	const at = `/ho-so/${list.find((row) => row.state === "published").code}`;
	let question;

	await story("a citizen who writes too much is told how much and loses nothing", async () => {
		await comment(p, at, "Câu hỏi dài quá. ".repeat(32), true);
		check((await p.title()).startsWith("Lỗi:"), "the title does not say that something is wrong");
		await says(p, "Bớt 43 ký tự: đang 543, tối đa 500");
		check((await p.inputValue("#text")).startsWith("Câu hỏi dài quá."), "the words are lost");
		check(await p.isChecked("#question"), "the tick is lost");
	});

	await story("the counter counts while one types, where scripts run, as the server does", async () => {
		await counting.goto(`${at}/y-kien`);
		await counting.fill("#text", "Tie\u0302\u0301ng Vi\u1ec7t 👍\nhai dòng");
		const count = await counting.textContent("#text-n");
		check(count.startsWith("21 / 500"), `the counter says ${count}`);
		await counting.fill("#text", "x".repeat(501));
		check(await counting.locator("#text-n.over").count() === 1, "too much is not marked");
	});

	await story("a question waits for review, is shown and answered", async () => {
		await comment(p, at, "Xin hỏi 0000 555 666 là số của ai?", true);
		await says(p, "đang chờ duyệt");
		question = await mine(p);
		check((await v.goto(question)).status() === 404, "a stranger reads what waits");
		await c.goto("/don-vi/14554/y-kien");
		await says(c, "có số điện thoại");
		await c.goto(question);
		await step(c, "approve");
		await send(c);
		await step(c, "answer");
		await c.fill("#answer", "Số ấy chỉ để minh họa.");
		await send(c);
		await v.goto(at);
		await says(v, "Cơ quan đã trả lời");
		await says(v, "Số ấy chỉ để minh họa.");
	});

	await story("what is hidden leaves a stub with its reason, and a leader gives it back", async () => {
		await c.goto(question);
		await step(c, "hide");
		await c.locator("[name=ground]").nth(1).check();
		await send(c);
		await v.goto(`${at}/y-kien`);
		await silent(v, "0000 555 666");
		await says(v, "có thông tin cá nhân của người khác (lý do 2)");
		await p.goto(question);
		await step(p, "appeal");
		await p.fill("#appeal", "Số này không của ai cả.");
		await send(p);
		await l.goto(question);
		await says(l, "Số này không của ai cả.");
		await step(l, "restore");
		await l.fill("#reason", "Số minh họa, không phải của người nào.");
		await send(l);
		await v.goto(`${at}/y-kien`);
		await says(v, "0000 555 666");
	});

	await story("a clerk enters what was said at a meeting", async () => {
		await c.goto(`${at}/y-kien/ghi`);
		await c.fill("#text", "Đề nghị in bảng chữ to hơn.");
		await c.fill("#said_on", "04/01/2021");
		await c.locator("[name=channel]").nth(2).check();
		await send(c);
		await v.goto(`${at}/y-kien`);
		await says(v, "tại cuộc họp");
	});

	await story("a member follows a unit and a dossier and reads what is new", async () => {
		await p.goto("/don-vi/14554");
		await follow(p.locator("section:has(#theo-doi) button"));
		await p.goto(at);
		await follow(p.locator("section:has(#theo-doi) button"));
		await says(p, "Đã theo dõi");
		await says(p, "Đề nghị in bảng chữ to hơn.");
		const feed = await p.locator("main code").innerText();
		const answer = await visitor.get(new URL(feed).pathname);
		check(answer.status === 200, `the private feed answers ${answer.status}`);
	});

	// Some that wait, a hidden one, and an appeal, for the visit of every page.
	const left = ["/y-kien-cua-toi", "/theo-doi", `${at}/y-kien`];
	await story("one author has several that wait", async () => {
		for (const n of [1, 2]) await comment(p, at, `Xem bảng ${n} ở vi-du.vn`, false);
		await c.goto("/don-vi/14554/y-kien");
		await says(c, "Mọi ý kiến đang chờ của người này");
		left.push(await mine(p));
	});
	await story("an appeal waits for a leader", async () => {
		await comment(p, at, "Rao bán ở rao.vi-du.vn", false);
		const rao = await mine(p);
		await c.goto(rao);
		await step(c, "hide");
		await c.locator("[name=ground]").nth(5).check();
		await send(c);
		left.push(rao);
		await p.goto(rao);
		await says(p, "Khiếu nại việc ẩn");
	});
	left.push(question);
	return { at, left };
}
