// Runs in the page before any script of its own, and measures what the person at it would feel: window.probe.
(() => {
  const probe = (window.probe = { lcp: 0, delays: [], paints: [], nodes: 0 });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) probe.lcp = entry.startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });

  // From the moment a key was struck until a handler can run, and until what came of it can be painted.
  addEventListener('keydown', (e) => {
    probe.delays.push(performance.now() - e.timeStamp);
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => probe.paints.push(performance.now() - e.timeStamp);
      channel.port2.postMessage(0);
    });
  }, { capture: true });

  const feed = () => document.querySelector('[role=feed]');
  const seqs = () => [...document.querySelectorAll('article[data-seq]')].map((a) => Number(a.dataset.seq));
  const count = () => (probe.nodes = Math.max(probe.nodes, document.querySelectorAll('*').length));

  /** Scrolls upwards, so many pixels a second, until so many messages lie below; tells how many frames were drawn in how much time. */
  probe.scroll = (messages, pixelsPerSecond) => new Promise((done) => {
    const from = Math.max(...seqs());
    const scroller = feed();
    const started = performance.now();
    let [last, frames, longest] = [started, 0, 0];
    const frame = (now) => {
      longest = Math.max(longest, now - last);
      scroller.scrollTop -= ((now - last) / 1000) * pixelsPerSecond;
      last = now;
      frames++;
      if (frames % 30 === 0) count();
      const lowest = Math.min(...seqs());
      if (from - lowest >= messages || lowest <= 1 || now - started > 180_000) {
        done({ frames, seconds: (now - started) / 1000, longest, messages: from - lowest });
      } else {
        requestAnimationFrame(frame);
      }
    };
    requestAnimationFrame(frame);
  });
  probe.count = count;

  /** Rows that come into view take their real heights: the end is where it was for ten frames. */
  probe.toLatest = () => new Promise((done) => {
    let [still, height] = [0, 0];
    const frame = () => {
      const scroller = feed();
      still = scroller.scrollHeight === height ? still + 1 : 0;
      height = scroller.scrollHeight;
      scroller.scrollTop = height;
      if (still < 10) requestAnimationFrame(frame);
      else done();
    };
    requestAnimationFrame(frame);
  });
})();
