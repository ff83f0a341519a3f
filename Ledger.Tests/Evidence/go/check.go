// Checks what the ledger writes with code that the ledger's authors did not write: golang.org/x/mod/sumdb/note and
// golang.org/x/mod/sumdb/tlog, as Debian packages them.
//
//	check note VKEY [WITNESS-VKEY...] < note          verifies a signed note, and cosignatures of the given witnesses
//	check sign < private-key-file                     signs the text "text\n" with a private key file
//	check tree < entries                              hashes entries (one a line, hex) and prints the root after each
//	check tiles DIRECTORY < entries                   compares hash tiles (L-N.W, raw bytes) with those of the entries
//	check proofs < lines                              "inclusion SIZE INDEX ROOT LEAF HASH..." or
//	                                                  "consistency SIZE1 ROOT1 SIZE2 ROOT2 HASH...", hashes in base64
package main

import (
	"bufio"
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io/ioutil"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	switch os.Args[1] {
	case "note":
		checkNote(os.Args[2:])
	case "sign":
		sign()
	case "tree":
		tree()
	case "tiles":
		tiles(os.Args[2])
	case "proofs":
		proofs()
	default:
		fail("unknown: %s", os.Args[1])
	}
}

func checkNote(vkeys []string) {
	var verifiers []note.Verifier
	for _, vkey := range vkeys {
		verifier, err := note.NewVerifier(vkey)
		if err != nil {
			// sumdb/note knows algorithm 1 only.
			verifier, err = newCosignatureVerifier(vkey)
		}
		check(err)
		verifiers = append(verifiers, verifier)
	}
	opened, err := note.Open(input(), note.VerifierList(verifiers...))
	check(err)
	for _, signature := range opened.Sigs {
		fmt.Printf("%s %08x\n", signature.Name, signature.Hash)
	}
	fmt.Print(opened.Text)
}

// cosignature verifies c2sp.org/tlog-cosignature, type 0x04.
type cosignature struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func newCosignatureVerifier(vkey string) (note.Verifier, error) {
	parts := strings.SplitN(vkey, "+", 3)
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil {
		return nil, err
	}
	if key[0] != 0x04 || len(key) != 33 {
		return nil, fmt.Errorf("not a cosignature key: %s", vkey)
	}
	id := sha256.Sum256([]byte(parts[0] + "\n" + string(key)))
	if hex.EncodeToString(id[:4]) != parts[1] {
		return nil, fmt.Errorf("the id does not belong to the key: %s", vkey)
	}
	return &cosignature{parts[0], binary.BigEndian.Uint32(id[:4]), key[1:]}, nil
}

func (c *cosignature) Name() string    { return c.name }
func (c *cosignature) KeyHash() uint32 { return c.hash }
func (c *cosignature) Verify(msg, sig []byte) bool {
	if len(sig) != 72 {
		return false
	}
	time := binary.BigEndian.Uint64(sig)
	return ed25519.Verify(c.key, append([]byte(fmt.Sprintf("cosignature/v1\ntime %d\n", time)), msg...), sig[8:])
}

func sign() {
	signer, err := note.NewSigner(strings.TrimSuffix(string(input()), "\n"))
	check(err)
	signed, err := note.Sign(&note.Note{Text: "text\n"}, signer)
	check(err)
	os.Stdout.Write(signed)
}

// memory is a tlog.HashReader over everything that was stored.
type memory []tlog.Hash

func (m memory) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		hashes[i] = m[index]
	}
	return hashes, nil
}

func entries(each func(n int64, stored memory)) memory {
	var stored memory
	n := int64(0)
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<26)
	for lines.Scan() {
		entry, err := hex.DecodeString(lines.Text())
		check(err)
		hashes, err := tlog.StoredHashes(n, entry, stored)
		check(err)
		stored = append(stored, hashes...)
		n++
		if each != nil {
			each(n, stored)
		}
	}
	check(lines.Err())
	return stored
}

func tree() {
	entries(func(n int64, stored memory) {
		root, err := tlog.TreeHash(n, stored)
		check(err)
		fmt.Println(root)
	})
}

func tiles(folder string) {
	stored := entries(nil)
	files, err := ioutil.ReadDir(folder)
	check(err)
	for _, file := range files {
		// Our names: level-index.width; sumdb's own paths are others, so the bytes are compared.
		var level, index, width int64
		_, err := fmt.Sscanf(file.Name(), "%d-%d.%d", &level, &index, &width)
		check(err)
		ours, err := ioutil.ReadFile(folder + "/" + file.Name())
		check(err)
		theirs, err := tlog.ReadTileData(tlog.Tile{H: 8, L: int(level), N: index, W: int(width)}, stored)
		check(err)
		if !bytes.Equal(ours, theirs) {
			fail("tile %s differs", file.Name())
		}
		fmt.Println(file.Name())
	}
}

func proofs() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		f := strings.Fields(lines.Text())
		var hashes []tlog.Hash
		for _, text := range f[5:] {
			hashes = append(hashes, hash(text))
		}
		switch f[0] {
		case "inclusion":
			check(tlog.CheckRecord(hashes, number(f[1]), hash(f[3]), number(f[2]), hash(f[4])))
		case "consistency":
			check(tlog.CheckTree(hashes, number(f[3]), hash(f[4]), number(f[1]), hash(f[2])))
		default:
			fail("unknown: %s", f[0])
		}
		fmt.Println("ok")
	}
	check(lines.Err())
}

func hash(text string) tlog.Hash {
	parsed, err := tlog.ParseHash(text)
	check(err)
	return parsed
}

func number(text string) int64 {
	parsed, err := strconv.ParseInt(text, 10, 64)
	check(err)
	return parsed
}

func input() []byte {
	read, err := ioutil.ReadAll(os.Stdin)
	check(err)
	return read
}

func check(err error) {
	if err != nil {
		fail("%v", err)
	}
}

func fail(format string, arguments ...interface{}) {
	fmt.Fprintf(os.Stderr, format+"\n", arguments...)
	os.Exit(1)
}
