// What was published and should not have been: hidden after a look at it, and opened again with a reason.
import { follow, main, says, send, silent, step } from "./page.mjs";
import { check, story } from "./tap.mjs";

const PASSAGE = "12.400.000 đồng";

// `at`: a public disclosure that says the passage. Returns what only officials of the unit see.
export async function redactions({ leader, visitor }, at) {
	const l = leader.page, v = visitor.page;
	const done = await story("a leader sees first what a redaction hides, and then nobody reads it", async () => {
		await v.goto(at);
		await says(v, PASSAGE);
		await l.goto(at);
		await step(l, "redact");
		check(await l.locator("[name=redaction_ground]:checked").count() === 0, "a ground is chosen beforehand");
		await l.fill("#passages", `${PASSAGE}\nkhông có đoạn này`);
		await l.locator("[name=redaction_ground]").first().check();
		await l.fill("#redaction_note", "Số tiền của một hộ, chưa được đồng ý");
		await send(l);
		await says(l, "Không có “không có đoạn này”");
		await l.fill("#passages", PASSAGE);
		await send(l);
		await says(l, "Sẽ che");
		check(!(await l.title()).startsWith("Lỗi:"), "the preview is said to be a mistake");
		await l.check("#reviewed");
		await send(l);
		for (const page of [l, v]) {
			await page.goto(at);
			await says(page, "█████");
			await silent(page, PASSAGE);
		}
	});
	if (!done) return [];
	await story("the original opens for an official who says why", async () => {
		const answer = await v.goto(`${at}/ban-goc`);
		check(answer.status() !== 200 || new URL(v.url()).pathname.startsWith("/dang-nhap"), "a stranger opens it");
		await l.goto(at);
		await follow(l.locator(`main a[href="${at}/ban-goc"]`));
		await l.fill("#reason", "Đối chiếu với bản ký");
		await send(l);
		await says(l, PASSAGE);
		check((await main(l)).includes("Đối chiếu với bản ký"), "the reason is not listed");
	});
	return [`${at}/ban-goc`];
}
