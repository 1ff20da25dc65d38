/* Says how many signs have been typed, as the server will count them: after NFC, a line break being one,
 * white space at the ends left out. The only script of public pages; without it the counter shows what
 * was last sent. */
for (const text of document.querySelectorAll("textarea[data-most]")) {
	const counter = document.getElementById(text.id + "-n");
	const count = () => {
		const n = [...text.value.replace(/\r\n?/g, "\n").trim().normalize("NFC")].length;
		counter.textContent = counter.textContent.replace(/^\d[\d.,]*/, n);
		counter.classList.toggle("over", n > Number(text.dataset.most));
	};
	text.addEventListener("input", count);
	count();
}
