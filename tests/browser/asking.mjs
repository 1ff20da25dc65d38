// On a telephone and without an account: from the first question to the receipt, to the answer, to contesting it; and
// the office's side of it, one answer to many after a preview of each.
import { paper, photo } from "./files.mjs";
import { check, story } from "./tap.mjs";

const UNIT = "14554", REASON = "Xem đơn để trả lời người gửi";
const main = (page) => page.locator("main").innerText();
const go = (page) => page.click("main form[method=post] button.btn:not(.alt)");

async function says(page, text) {
	const is = await main(page);
	check(is.includes(text), `"${text}" is not on ${page.url()}:\n${is.slice(0, 600)}`);
}

const draftOf = (page) => new URL(page.url()).pathname.match(/^\/nhap\/(NP-[^/]*)/)?.[1];

// Three questions, the office, and the draft is there.
async function begin(p) {
	await p.goto("/kien-nghi");
	await p.locator('main a[href="/kien-nghi/gui"]').first().click();
	await p.locator(".answers a").nth(1).click();
	await p.locator(".answers a").nth(1).click();
	await p.locator(".answers a").nth(0).click();
	await p.fill("#co-quan", "xa ninh van");
	await p.click("main form.find button");
	await p.locator("[name=unit]").first().check();
	await go(p);
	return draftOf(p);
}

// `asker` keeps a receipt, and a draft that is not sent.
export async function asking({ asker, clerk, visitor }) {
	const p = asker.page, c = clerk.page;
	let code, draft, preview;

	await story("plain questions find the type, and the way to a denunciation asks for nothing", async () => {
		await p.goto("/kien-nghi/gui");
		await says(p, "xâm phạm quyền lợi của chính ông/bà không?");
		await p.locator(".answers a").nth(1).click();
		await p.locator(".answers a").nth(0).click();
		await says(p, "Tố cáo một người vi phạm pháp luật");
		check(!(await p.locator("main form").count()), "the page about denunciations has a form");
		await p.goBack();
		await says(p, "đã vi phạm pháp luật không?");
	});

	await story("one question a page leads to a receipt, and nothing is lost on a fault or by going back", async () => {
		draft = await begin(p);
		check(draft, `no draft: ${p.url()}`);
		await says(p, "Ghi lại hai mã này");
		check(await p.locator("input[capture]").count(), "no camera is offered");
		await p.setInputFiles("#papers", photo("duong-hong.png"));
		await go(p);
		await p.fill("#title", "Đường");
		await go(p);
		check((await p.title()).startsWith("Lỗi:"), "the title does not say that something is wrong");
		check((await p.inputValue("#title")) === "Đường", "what was typed is lost");
		await p.fill("#title", "Cống thoát nước ngõ Mẫu bị tắc, nước tràn vào nhà");
		await go(p);
		if (p.url().endsWith("/trung")) await p.locator("main p.btns a.btn").first().click();
		await p.fill("#place", "Ngõ Mẫu");
		await go(p);
		await p.goBack();
		check((await p.inputValue("#place")) === "Ngõ Mẫu", "going back lost the answer");
		await go(p);
		await p.fill("#body", "Mưa xuống là nước tràn vào ba nhà đầu ngõ.");
		await go(p);
		await p.fill("#name", "Người Dân Mẫu");
		await p.fill("#address", "Ngõ Mẫu");
		await go(p);
		check(new URL(p.url()).pathname === `/nhap/${draft}`, `not the last page: ${p.url()}`);
		await says(p, "Nơi nhận và trả lời: UBND xã Ninh Vân");
		await says(p, "duong-hong.png");
		await p.locator(`main a[href="/nhap/${draft}/noi-xay-ra?sua=1"]`).click();
		await p.fill("#place", "Ngõ Mẫu, thôn Mẫu");
		await go(p);
		await says(p, "Ngõ Mẫu, thôn Mẫu");
		await go(p);
		[, code] = new URL(p.url()).pathname.match(/^\/bien-nhan\/(DT-.*)$/) ?? [];
		check(code, `not sent: ${(await main(p)).slice(0, 400)}`);
		check((await p.goto(`/nhap/${draft}`)).status() === 404, "the draft is still there");
	});
	if (!code) return { kept: [], left: [] };

	await story("the office takes it up and answers it among others, each seen before", async () => {
		await c.goto(`/don-vi/${UNIT}/viec?loai=kien-nghi`);
		await c.locator(`main a[href^="/ho-so/${code}"]`).click();
		await c.fill("#reason", REASON);
		await go(c);
		await c.locator('main a[href*="/lam/handle"]').first().click();
		await c.fill("#answer_by", await c.locator("#happened_on").inputValue());
		await go(c);
		check(new URL(c.url()).pathname === `/don-vi/${UNIT}/viec`, `not back at the list: ${c.url()}`);
		await c.locator('main a[href*="/lam-nhieu/kien-nghi/answer"]').click();
		await c.locator(`input[value="${code}"]`).check();
		await c.locator("[name=outcome]").first().check();
		await c.fill("#answer", "Kính gửi [người gửi], việc [mã] đã xong: cống đã được nạo vét.");
		await c.setInputFiles("#files", paper("tra-loi.pdf"));
		await go(c);
		await says(c, `Kính gửi Người Dân Mẫu, việc ${code} đã xong`);
		await go(c);
		await says(c, "Đã ghi 1 hồ sơ");
	});

	await story("its author reads the answer and contests it", async () => {
		await p.goto(`/ho-so/${code}`);
		await says(p, "Kính gửi Người Dân Mẫu");
		await p.locator('main a[href$="/lam/contest"]').first().click();
		await p.fill("#reason", "Nước vẫn tràn vào nhà như cũ.");
		await go(p);
		await says(p, "Bị đề nghị xem lại");
		check((await visitor.page.goto(`/ho-so/${code}`)).status() === 404, "a stranger reads it");
	});

	await story("a unit keeps templates, and a form begins with one", async () => {
		await c.goto(`/don-vi/${UNIT}/mau-tra-loi`);
		await c.locator("main a.btn").click();
		await c.fill("#title", "Cống tắc đã nạo vét");
		await c.locator('[name=use][value="petition.answer"]').check();
		await c.fill("#body", "Kính gửi [người gửi]: cống đã được nạo vét, mời xem ảnh kèm theo.");
		await go(c);
		await c.goto(`/don-vi/${UNIT}/lam-nhieu/kien-nghi/answer`);
		await c.locator("main details summary").first().click();
		await c.locator('main details a[href*="mau=MT-"]').first().click();
		check((await c.inputValue("#answer")).includes("[người gửi]"), "the template does not fill the form");
		await c.locator(`input[value="${code}"]`).check();
		await c.locator("[name=outcome]").first().check();
		await c.setInputFiles("#files", paper("tra-loi-lai.pdf"));
		await go(c);
		await says(c, "Kính gửi Người Dân Mẫu: cống đã được nạo vét");
		preview = new URL(c.url()).pathname;
	});

	await story("what is public of the same matter is shown before it is sent", async () => {
		draft = await begin(p);
		const first = (await (await visitor.get(`/cong-khai.json?don-vi=${UNIT}`)).json()).find((d) => d.title.length > 20);
		await go(p);
		await p.fill("#title", first.title.slice(0, 120));
		await go(p);
		check(p.url().endsWith("/trung"), `nothing is shown: ${p.url()}`);
		await says(p, "Có phải một trong những việc này không?");
	});
	return {
		kept: [`/nhap/${draft}`, `/nhap/${draft}/trung`, `/nhap/${draft}/dung`, `/nhap/${draft}/co-quan`, "/nhap",
			"/kien-nghi/gui?vi-pham=khong", "/gui/kien-nghi?type=feedback&co-quan=ninh+van"],
		left: [`/don-vi/${UNIT}/viec`, `/don-vi/${UNIT}/mau-tra-loi`, `/don-vi/${UNIT}/lam-nhieu/kien-nghi/answer`, ...(preview ? [preview] : [])],
	};
}
