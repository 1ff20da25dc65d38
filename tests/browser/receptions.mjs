// A reception from the schedule to the booking on a phone, and the counter on the day: the book, the papers to sign.
import { at, follow, main, says, send } from "./page.mjs";
import { check, story } from "./tap.mjs";

const UNIT = "14554";
const CHAIR = "Chủ tịch UBND cấp xã";
const BOOK = `/ghi-moi/tiep-dan/${UNIT}`;



// Planned and announced by the clerk; returns its address.
async function day(page, on) {
	await page.goto(`/ghi-moi/buoi-tiep-dan/${UNIT}`);
	await page.fill("#post", CHAIR);
	await page.fill("#day", on);
	await page.fill("#place", "Phòng tiếp công dân");
	await send(page);
	check(/\/ho-so\/TC-/.test(at(page)), `not planned: ${(await main(page)).slice(0, 600)}`);
	const here = at(page);
	await page.goto(`${here}/lam/announce`);
	await page.fill("#notice", "Bảng tin trụ sở UBND xã");
	await send(page);
	await says(page, "Đã thông báo");
	return here;
}

// Somebody who stands at the counter; returns the code of the visit.
async function enter(page, story) {
	await page.goto(BOOK);
	await page.locator("main label", { hasText: "Đến trực tiếp" }).first().click();
	await page.fill("#story", story);
	await page.locator("[name=by][value=in_person]").check();
	await page.locator("[name=type][value=proposal]").check();
	await page.locator("[name=round][value=first]").check();
	await page.fill("#name", "Người Dân Mẫu");
	await page.fill("#address", "Xóm Mẫu, xã Ninh Vân");
	await send(page);
	const [, code] = at(page).match(/^\/bien-nhan\/(LC-.*)$/) ?? [];
	check(code, `not entered: ${(await main(page)).slice(0, 600)}`);
	return code;
}

// `sender` keeps the receipt of the booking: what only he can visit.
export async function receptions({ clerk, leader, sender, visitor }) {
	const c = clerk.page, l = leader.page, p = sender.page, v = visitor.page;
	let today, coming, code;

	await story("a leader issues the standing schedule, and the law's days are owed by it", async () => {
		await l.goto(`/ghi-moi/lich-tiep-dan/${UNIT}`);
		await l.locator(`[name=posts][value="${CHAIR}"]`).check();
		await l.fill("#place", "Phòng tiếp công dân");
		await send(l);
		check(/\/ho-so\/LT-/.test(at(l)), `not issued: ${(await main(l)).slice(0, 400)}`);
		await says(l, "Phòng tiếp công dân");
	});

	await story("a clerk plans and announces days; hours that are none are said beside their field", async () => {
		await c.goto(`/ghi-moi/buoi-tiep-dan/${UNIT}`);
		await c.fill("#opens", "sáng sớm");
		await send(c);
		check((await c.title()).startsWith("Lỗi:"), "the title does not say that something is wrong");
		await says(c, "Nhập ngày tiếp");
		coming = await day(c, "19/01/2021");
		today = await day(c, "05/01/2021");
	});
	if (!today) return { left: [], kept: [] };

	await story("on a phone one finds the day, books an hour and holds a receipt with a text to keep", async () => {
		await p.goto("/tiep-dan");
		await p.fill("#don-vi", "xa ninh van");
		await follow(p.locator("main form.find button"));
		await says(p, "Thứ Ba, 19/01/2021, 07:30–11:00");
		await says(p, "Còn 7 lượt trống");
		const link = p.locator("main li", { hasText: "19/01/2021" }).locator(`a[href^="${BOOK}?slot="]`).first();
		const asked = new URL(await link.getAttribute("href"), p.url()).searchParams.get("slot");
		await follow(link);
		const chosen = await p.evaluate(() => new FormData(document.querySelector("main form[method=post]")).get("slot"));
		check(asked && chosen === asked, `the day that was chosen is lost: ${chosen}, asked for ${asked}`);
		await p.goto(BOOK);
		await p.fill("#story", "Xin cấp lại trang bìa sổ hộ nghèo");
		await p.fill("#name", "Người Dân Mẫu");
		await send(p);
		check((await p.title()).startsWith("Lỗi:"), "it was booked without an hour");
		check(await p.inputValue("#name") === "Người Dân Mẫu", "the name is lost");
		await p.locator("main label", { hasText: "08:00, thứ Ba, 19/01/2021" }).first().click()
			.catch(() => p.selectOption("#slot", { index: 2 }));
		await send(p);
		[, code] = at(p).match(/^\/bien-nhan\/(LC-.*)$/) ?? [];
		check(code, `not booked: ${(await main(p)).slice(0, 600)}`);
		const text = await p.locator("main code").first().innerText();
		check(text.startsWith("Hen tiep cong dan") && text.length <= 160, `no text for one message: ${text}`);
		await p.goto(`/ho-so/${code}`);
		await says(p, "ngày 19/01/2021");
		check((await v.goto(`/ho-so/${code}`)).status() === 404, "a stranger reads it");
	});

	await story("the booking is cancelled by who made it, and another is made", async () => {
		await p.goto(`/ho-so/${code}`);
		await follow(p.locator('main a[href$="/lam/cancel"]').first());
		await send(p);
		await says(p, "Đã hủy lịch");
		await v.goto(`/tiep-dan?don-vi=${UNIT}`);
		await says(v, "Còn 7 lượt trống");
		await p.goto(BOOK);
		await p.selectOption("#slot", { index: 1 }).catch(() => p.locator("[name=slot]").first().check());
		await p.fill("#story", "Xin cấp lại trang bìa sổ hộ nghèo");
		await p.fill("#name", "Người Dân Mẫu");
		await send(p);
		[, code] = at(p).match(/^\/bien-nhan\/(LC-.*)$/) ?? [];
		check(code, "not booked again");
	});

	let taken, refused;
	await story("at the counter a visit is entered, its matter taken as a petition and the receipt handed over", async () => {
		taken = await enter(c, "Mương thôn Mẫu bị lấp");
		await c.goto(`/ho-so/${taken}/lam/take`);
		await c.locator("[name=which][value=feedback]").check();
		await c.fill("#summary", "Mương thôn Mẫu bị đổ đất lấp");
		await c.fill("#told", "Từ tháng trước mương bị đổ đất lấp.");
		check(await c.inputValue("#name") === "Người Dân Mẫu", "whose it is was lost");
		await send(c);
		await says(c, "Đã nhận đơn");
		await follow(c.locator('main form[action*="/bien-nhan-don/"] button'));
		check(/^\/bien-nhan\/DT-/.test(at(c)), `no receipt: ${at(c)}`);
		await says(c, "Mã bí mật");
	});
	await story("a refusal names its ground and prints the notice; the book shows both without a name", async () => {
		refused = await enter(c, "Vụ việc đã có quyết định");
		await c.goto(`/ho-so/${refused}/lam/refuse`);
		await c.locator("[name=ground][value=settled]").check();
		await c.fill("#detail", "Đã giải quyết tại Quyết định 12/QĐ-UBND");
		await send(c);
		await c.goto(`/ho-so/${refused}/tu-choi-tiep`);
		await says(c, "THÔNG BÁO TỪ CHỐI TIẾP CÔNG DÂN");
		await c.goto(`${today}/so-tiep-dan`);
		await says(c, taken);
		await says(c, refused);
		check(!(await main(c)).includes("Người Dân Mẫu"), "the book holds a name");
	});
	return {
		kept: ["/tiep-dan", `/bien-nhan/${code}`, `/ho-so/${code}`, BOOK],
		left: [today, coming, `${today}/so-tiep-dan`, `/ho-so/${taken}`, `/ho-so/${taken}/bien-ban-tiep`,
			`/ho-so/${refused}/tu-choi-tiep`, `/ho-so/${refused}/lam/notify`, BOOK,
			`/ghi-moi/buoi-tiep-dan/${UNIT}`, `${coming}/lam/postpone`],
	};
}
