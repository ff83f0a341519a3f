// Drafts of forms survive a closed browser: kept on this machine, under the person and the form.
window.ledgerDrafts = {
  save: (key, text) => { try { localStorage.setItem(key, text); } catch { /* a full or forbidden store loses the draft, not the form */ } },
  load: key => { try { return localStorage.getItem(key); } catch { return null; } },
  drop: key => { try { localStorage.removeItem(key); } catch { /* nothing to drop */ } },
};
