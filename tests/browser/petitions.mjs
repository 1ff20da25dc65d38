// A petition from a phone without an account: the question, the receipt, and back with it from another phone.
import { follow, main, says, send, step } from "./page.mjs";
import { check, story } from "./tap.mjs";



// `sender` keeps the receipt: what only he can visit.
export async function petitions({ sender, visitor, clerk }) {
	const p = sender.page, v = visitor.page, c = clerk.page;
	let code, secret;

	await story("without an account one finds the office, sends a petition and holds a receipt", async () => {
		await p.goto("/kien-nghi");
		await p.fill("#co-quan", "xa ninh van");
		await follow(p.locator("main form.find button"));
		await follow(p.locator('main a[href="/ghi-moi/kien-nghi/14554"]').first());
		await p.fill("#title", "Đường");
		await send(p);
		check((await p.title()).startsWith("Lỗi:"), "the title does not say that something is wrong");
		await p.locator("[name=type]").first().check();
		await p.fill("#title", "Xe tải làm hỏng đường trục thôn Mẫu");
		await p.fill("#body", "Mặt đường vỡ trước nhà văn hóa.");
		await p.fill("#name", "Người Dân Mẫu");
		await p.fill("#address", "Thôn Mẫu");
		await send(p);
		[, code] = new URL(p.url()).pathname.match(/^\/bien-nhan\/(DT-.*)$/) ?? [];
		check(code, `not sent: ${(await main(p)).slice(0, 400)}`);
		secret = (await p.locator("article .code").nth(1).innerText()).trim();
		check(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/.test(secret), `no secret: ${secret}`);
		await says(p, "Hạn này tính thế nào?");
	});
	if (!code) return { kept: [], left: [] };

	await story("with both codes any phone opens it, with one of them none", async () => {
		check((await v.goto(`/ho-so/${code}`)).status() === 404, "a stranger reads it");
		await v.goto("/bien-nhan");
		await v.fill("#code", code.toLowerCase());
		await v.fill("#secret", "0000-0000");
		await send(v);
		await says(v, "Không có hồ sơ nào với hai mã này");
		await v.fill("#secret", secret.toLowerCase());
		await send(v);
		await says(v, "Mặt đường vỡ trước nhà văn hóa.");
		await v.goto(`/bien-nhan/${code}`);
		await send(v);
		check((await v.goto(`/ho-so/${code}`)).status() === 404, "it was not closed");
	});

	let on;
	await story("the clerk who sends one on lands where he reads who has it and what comes next", async () => {
		await v.goto("/ghi-moi/kien-nghi/14554");
		await v.locator("[name=type]").first().check();
		await v.fill("#title", "Cống thoát nước đường huyện bị tắc");
		await v.fill("#body", "Nước tràn ra mặt đường mỗi khi mưa to.");
		await v.fill("#name", "Người Dân Mẫu");
		await v.fill("#address", "Thôn Mẫu");
		await send(v);
		[, on] = new URL(v.url()).pathname.match(/^\/bien-nhan\/(DT-.*)$/) ?? [];
		check(on, `not sent: ${(await main(v)).slice(0, 400)}`);
		await send(v);
		await c.goto(`/ho-so/${on}`);
		await c.fill("#reason", "Xem để chuyển cơ quan có thẩm quyền");
		await send(c);
		await step(c, "transfer");
		await c.fill("#to", "374");
		await c.fill("#reason", "Đường do huyện quản lý.");
		await send(c);
		check(new URL(c.url()).pathname === `/ho-so/${on}/da-chuyen`, `the clerk is at ${c.url()}`);
		await says(c, "Đã chuyển đến");
		await says(c, "Đường do huyện quản lý.");
		await c.goto(`/ho-so/${on}`);
		check(new URL(c.url()).pathname === `/ho-so/${on}/da-chuyen`, `its own address leads to ${c.url()}`);
	});
	return {
		kept: [`/bien-nhan/${code}`, `/ho-so/${code}`, `/ho-so/${code}/lam/add`, "/bien-nhan", "/ghi-moi/kien-nghi/14554"],
		left: on ? [`/ho-so/${on}/da-chuyen`] : [],
	};
}
