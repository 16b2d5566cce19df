// Takes the pictures of docs/screens from a Chat that was started with --demo:
//   CHAT=http://localhost:5080 PASSWORD=… CHROMIUM=/usr/bin/chromium npm run screens
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const { CHAT = "http://localhost:5080", PASSWORD, CHROMIUM = "/usr/bin/chromium" } = process.env;
if (PASSWORD === undefined) {
  throw new Error("PASSWORD is missing: the one that ./run.sh --demo prints.");
}
const folder = fileURLToPath(new URL("../../docs/screens/", import.meta.url));
const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 800 } };

const open = (name) => async (page) => {
  await page.goto(CHAT);
  await page.getByRole("navigation", { name: "Conversations" }).getByRole("link", { name }).click();
  await page.getByRole("textbox", { name: "Message", exact: true }).waitFor();
};

const press = (name) => (page) => page.getByRole("button", { name, exact: true }).click();

const go = (path) => (page) => page.goto(CHAT + path);

const screens = {
  list: [go("/")],
  conversation: [open(/^Launch week/)],
  thread: [open(/^Launch week/), startThread],
  details: [open(/^Launch week/), press("Details")],
  files: [open(/^Launch week/), press("Files")],
  emoji: [open(/^Lunch/), press("Emoji")],
  poll: [open(/^Lunch/), press("New poll")],
  channels: [go("/channels")],
  settings: [go("/settings")],
  create: [go("/"), seeList, press("New conversation")],
  keys: [go("/"), seeList, (page) => page.keyboard.press("?")],
};

async function seeList(page) {
  await page.getByText("Select a conversation").or(page.getByRole("button", { name: "New conversation" })).first().waitFor();
}

async function startThread(page) {
  const article = page.getByRole("feed", { name: "Messages" }).getByRole("article").last();
  await article.focus();
  await page.keyboard.press("t");
}

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
for (const colorScheme of ["light", "dark"]) {
  for (const [device, viewport] of Object.entries(sizes)) {
    const context = await browser.newContext({ viewport, colorScheme, locale: "en-GB", reducedMotion: "reduce" });
    const page = await context.newPage();
    const take = async (name) => {
      await page.waitForTimeout(600);
      await page.screenshot({ path: `${folder}${name}-${device}-${colorScheme}.png` });
    };
    await page.goto(CHAT);
    await page.getByLabel("User name").waitFor();
    await take("sign-in");
    await page.getByLabel("User name").fill("mira");
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("navigation", { name: "Conversations" }).getByRole("link").first().waitFor();
    for (const [name, steps] of Object.entries(screens)) {
      for (const step of steps) {
        await step(page);
      }
      await take(name);
    }
    await context.close();
  }
}
await browser.close();
