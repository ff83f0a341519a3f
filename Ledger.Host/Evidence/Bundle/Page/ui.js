// The form. A script or a test calls window.ledgerVerify instead.

const stageNames = {
  unpack: ['解开证据包', 'Unpacking'], files: ['核对文件清单', 'Checking files'], facts: ['核对事实', 'Checking facts'],
  attachments: ['核对附件', 'Checking documents'], numbers: ['复算数字', 'Deriving the numbers'], done: ['完成', 'Done'],
};

const byId = id => document.getElementById(id);

let dropped = null;

async function run() {
  const file = dropped ?? byId('bundle').files[0];
  byId('problem').replaceChildren();
  if (file === undefined) {
    byId('problem').replaceChildren(both('请先选择证据包。', 'Choose a bundle first.'));
    byId('bundle').focus();
    return;
  }
  byId('verify').disabled = true;
  byId('result').hidden = true;
  byId('progress').hidden = false;
  try {
    const bytes = await file.arrayBuffer();
    const textFrom = async id => (byId(id).files[0] === undefined ? '' : await byId(id).files[0].text());
    const trusted = { key: byId('key').value, policy: await textFrom('policy'), checkpoint: await textFrom('held') };
    const result = await verifyBundle(bytes, trusted, showProgress);
    const described = { name: file.name, size: file.size, sha256: hexOf(await sha256(new Uint8Array(bytes))) };
    byId('result').replaceChildren(...showResult(result, described));
    byId('result').hidden = false;
    byId('verdict-title').focus();
    byId('verdict').scrollIntoView({ block: 'start' });
  } catch (error) {
    byId('problem').replaceChildren(both(`核验未能进行：${error.message}`, `Could not verify: ${error.message}`));
  } finally {
    byId('progress').hidden = true;
    byId('verify').disabled = false;
  }
}

// Lets the page paint between two portions of work.
async function showProgress(stage, done, total) {
  byId('stage').replaceChildren(both(...stageNames[stage]));
  byId('bar').max = total;
  byId('bar').value = done;
  await new Promise(resolve => { setTimeout(resolve); });
}

function chooseLanguage(language) {
  const root = document.documentElement;
  root.dataset.ui = language;
  root.lang = language === 'zh' ? 'zh-CN' : 'en';
  document.title = language === 'zh' ? '证据包核验' : 'Verify an evidence bundle';
  const button = byId('language');
  button.textContent = language === 'zh' ? 'English' : '中文';
  button.lang = language === 'zh' ? 'en' : 'zh-CN';
}

function acceptDrops() {
  const zone = byId('drop');
  // A file dropped beside the zone would replace the page.
  for (const type of ['dragover', 'drop']) document.addEventListener(type, event => event.preventDefault());
  zone.addEventListener('dragover', () => zone.classList.add('over'));
  zone.addEventListener('dragleave', () => zone.classList.remove('over'));
  zone.addEventListener('drop', event => {
    zone.classList.remove('over');
    dropped = event.dataTransfer.files[0] ?? null;
    if (dropped !== null) byId('bundle-hint').replaceChildren(both(`已选：${dropped.name}`, `Chosen: ${dropped.name}`));
  });
  byId('bundle').addEventListener('change', () => {
    dropped = null;
    byId('bundle-hint').replaceChildren(both('也可以把文件拖到此处。', 'Or drop the file here.'));
  });
}

byId('form').addEventListener('submit', event => {
  event.preventDefault();
  run();
});
byId('language').addEventListener('click', () => chooseLanguage(document.documentElement.dataset.ui === 'zh' ? 'en' : 'zh'));
acceptDrops();

window.ledgerVerify = (bytes, trusted = {}) => verifyBundle(bytes, trusted);
// For tests against published vectors.
window.ledgerVerify.parts = { parseJson, jcs, leafHash, nodeHash, isIncluded, isConsistent, base64Bytes, base64Of, utf8, parseVkey, parseCheckpoint, signatureOf, parsePolicy, hasQuorum, readZip, uuidV5, hmacSha256, numberFindings };
