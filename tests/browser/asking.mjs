// On a telephone and without an account: from the first question to the receipt, to the answer, to contesting it; and
// the office's side of it, one answer to many after a preview of each.
import { paper, photo } from "./files.mjs";
import { follow, main, says, send } from "./page.mjs";
import { check, story } from "./tap.mjs";

const UNIT = "14554", REASON = "Xem đơn để trả lời người gửi";

const draftOf = (page) => new URL(page.url()).pathname.match(/^\/nhap\/(NP-[^/]*)/)?.[1];

// Three questions, the office, and the draft is there.
async function begin(p) {
	await p.goto("/kien-nghi");
	await follow(p.locator('main a[href="/kien-nghi/gui"]').first());
	await follow(p.locator(".answers a").nth(1));
	await follow(p.locator(".answers a").nth(1));
	await follow(p.locator(".answers a").nth(0));
	await p.fill("#co-quan", "xa ninh van");
	await follow(p.locator("main form.find button"));
	await p.locator("[name=unit]").first().check();
	await send(p);
	return draftOf(p);
}

// `asker` keeps a receipt, and a draft that is not sent.
export async function asking({ asker, clerk, visitor }) {
	const p = asker.page, c = clerk.page;
	let code, draft, preview;

	await story("plain questions find the type, and the way to a denunciation asks for nothing", async () => {
		await p.goto("/kien-nghi/gui");
		await says(p, "xâm phạm quyền lợi của chính ông/bà không?");
		await follow(p.locator(".answers a").nth(1));
		await follow(p.locator(".answers a").nth(0));
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
		await send(p);
		await p.fill("#title", "Đường");
		await send(p);
		check((await p.title()).startsWith("Lỗi:"), "the title does not say that something is wrong");
		check((await p.inputValue("#title")) === "Đường", "what was typed is lost");
		await p.fill("#title", "Cống thoát nước ngõ Mẫu bị tắc, nước tràn vào nhà");
		await send(p);
		if (p.url().endsWith("/trung")) await follow(p.locator("main p.btns a.btn").first());
		await p.fill("#place", "Ngõ Mẫu");
		await send(p);
		await p.goBack();
		check((await p.inputValue("#place")) === "Ngõ Mẫu", "going back lost the answer");
		await send(p);
		await p.fill("#body", "Mưa xuống là nước tràn vào ba nhà đầu ngõ.");
		await send(p);
		await p.fill("#name", "Người Dân Mẫu");
		await p.fill("#address", "Ngõ Mẫu");
		await send(p);
		check(new URL(p.url()).pathname === `/nhap/${draft}`, `not the last page: ${p.url()}`);
		await says(p, "Nơi nhận và trả lời: UBND xã Ninh Vân");
		await says(p, "duong-hong.png");
		await follow(p.locator(`main a[href="/nhap/${draft}/noi-xay-ra?sua=1"]`));
		await p.fill("#place", "Ngõ Mẫu, thôn Mẫu");
		await send(p);
		await says(p, "Ngõ Mẫu, thôn Mẫu");
		await send(p);
		[, code] = new URL(p.url()).pathname.match(/^\/bien-nhan\/(DT-.*)$/) ?? [];
		check(code, `not sent: ${(await main(p)).slice(0, 400)}`);
		check((await p.goto(`/nhap/${draft}`)).status() === 404, "the draft is still there");
	});
	if (!code) return { kept: [], left: [] };

	await story("the office takes it up and answers it among others, each seen before", async () => {
		await c.goto(`/don-vi/${UNIT}/viec?loai=kien-nghi`);
		await follow(c.locator(`main a[href^="/ho-so/${code}"]`));
		await c.fill("#reason", REASON);
		await send(c);
		await follow(c.locator('main a[href*="/lam/handle"]').first());
		await c.fill("#answer_by", await c.locator("#happened_on").inputValue());
		await send(c);
		check(new URL(c.url()).pathname === `/don-vi/${UNIT}/viec`, `not back at the list: ${c.url()}`);
		await follow(c.locator('main a[href*="/lam-nhieu/kien-nghi/answer"]'));
		await c.locator(`input[value="${code}"]`).check();
		await c.locator("[name=outcome]").first().check();
		await c.fill("#answer", "Kính gửi [người gửi], việc [mã] đã xong: cống đã được nạo vét.");
		await c.setInputFiles("#files", paper("tra-loi.pdf"));
		await send(c);
		await says(c, `Kính gửi Người Dân Mẫu, việc ${code} đã xong`);
		await send(c);
		await says(c, "Đã ghi 1 hồ sơ");
	});

	await story("its author reads the answer and contests it", async () => {
		await p.goto(`/ho-so/${code}`);
		await says(p, "Kính gửi Người Dân Mẫu");
		await follow(p.locator('main a[href$="/lam/contest"]').first());
		await p.fill("#reason", "Nước vẫn tràn vào nhà như cũ.");
		await send(p);
		await says(p, "Bị đề nghị xem lại");
		check((await visitor.page.goto(`/ho-so/${code}`)).status() === 404, "a stranger reads it");
	});

	await story("a unit keeps templates, and a form begins with one", async () => {
		await c.goto(`/don-vi/${UNIT}/mau-tra-loi`);
		await follow(c.locator("main a.btn"));
		await c.fill("#title", "Cống tắc đã nạo vét");
		await c.locator('[name=use][value="petition.answer"]').check();
		await c.fill("#body", "Kính gửi [người gửi]: cống đã được nạo vét, mời xem ảnh kèm theo.");
		await send(c);
		await c.goto(`/don-vi/${UNIT}/lam-nhieu/kien-nghi/answer`);
		await c.locator("main details summary").first().click();
		await follow(c.locator('main details a[href*="mau=MT-"]').first());
		check((await c.inputValue("#answer")).includes("[người gửi]"), "the template does not fill the form");
		await c.locator(`input[value="${code}"]`).check();
		await c.locator("[name=outcome]").first().check();
		await c.setInputFiles("#files", paper("tra-loi-lai.pdf"));
		await send(c);
		await says(c, "Kính gửi Người Dân Mẫu: cống đã được nạo vét");
		preview = new URL(c.url()).pathname;
	});

	await story("what is public of the same matter is shown before it is sent", async () => {
		draft = await begin(p);
		const first = (await (await visitor.get(`/cong-khai.json?don-vi=${UNIT}`)).json()).find((d) => d.title.length > 20);
		await send(p);
		await p.fill("#title", first.title.slice(0, 120));
		await send(p);
		check(p.url().endsWith("/trung"), `nothing is shown: ${p.url()}`);
		await says(p, "Có phải một trong những việc này không?");
	});
	return {
		kept: [`/nhap/${draft}`, `/nhap/${draft}/trung`, `/nhap/${draft}/dung`, `/nhap/${draft}/co-quan`, "/nhap",
			"/kien-nghi/gui?vi-pham=khong", "/gui/kien-nghi?type=feedback&co-quan=ninh+van"],
		left: [`/don-vi/${UNIT}/viec`, `/don-vi/${UNIT}/mau-tra-loi`, `/don-vi/${UNIT}/lam-nhieu/kien-nghi/answer`, ...(preview ? [preview] : [])],
	};
}
