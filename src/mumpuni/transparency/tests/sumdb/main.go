// Asks golang.org/x/mod/sumdb, which shares no code with ours, what it thinks of a log.
//
// Reads claims as JSON from standard input and writes one line for each: "yes", or why not.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8

type claim struct {
	Kind    string      // note, record, tree or tiles
	Key     string      // of the log
	Note    string      // as published
	Folder  string      // of the log
	Size    int64       // of the tree
	Root    tlog.Hash   // of the tree
	Old     int64       // size of the older tree
	OldRoot tlog.Hash   // of the older tree
	Index   int64       // of the leaf
	Entry   string      // as published
	Proof   []tlog.Hash // of inclusion or consistency
}

func (c claim) check() error {
	switch c.Kind {
	case "note":
		return c.checkNote()
	case "record":
		hash := tlog.RecordHash([]byte(c.Entry))
		return tlog.CheckRecord(c.Proof, c.Size, c.Root, c.Index, hash)
	case "tree":
		return tlog.CheckTree(c.Proof, c.Size, c.Root, c.Old, c.OldRoot)
	case "tiles":
		return c.checkTiles()
	}
	return fmt.Errorf("no such claim: %s", c.Kind)
}

func (c claim) checkNote() error {
	verifier, err := note.NewVerifier(c.Key)
	if err != nil {
		return err
	}
	_, err = note.Open([]byte(c.Note), note.VerifierList(verifier))
	return err
}

// checkTiles makes the proof of a leaf from the tiles in the folder, each of which must lead to the
// root, and compares it with ours.
func (c claim) checkTiles() error {
	tree := tlog.Tree{N: c.Size, Hash: c.Root}
	proof, err := tlog.ProveRecord(c.Size, c.Index, tlog.TileHashReader(tree, folder(c.Folder)))
	if err != nil {
		return err
	}
	if fmt.Sprint(proof) != fmt.Sprint(tlog.RecordProof(c.Proof)) {
		return fmt.Errorf("another proof: %v", proof)
	}
	return nil
}

type folder string

func (f folder) Height() int { return tileHeight }

func (f folder) SaveTiles(tiles []tlog.Tile, data [][]byte) {}

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, tile := range tiles {
		path := strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/", tileHeight), "tile/", 1)
		data, err := os.ReadFile(filepath.Join(string(f), path))
		if err != nil {
			return nil, err
		}
		found = append(found, data)
	}
	return found, nil
}

func main() {
	var claims []claim
	if err := json.NewDecoder(os.Stdin).Decode(&claims); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for _, claim := range claims {
		if err := claim.check(); err != nil {
			fmt.Println(strings.ReplaceAll(err.Error(), "\n", " "))
		} else {
			fmt.Println("yes")
		}
	}
}
