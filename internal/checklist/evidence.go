package checklist

import "strings"

// Evidence says how data files are measured: when a column counts as holding
// something, which columns tell people apart, which changes are tried, and which
// statements can be tested.
type Evidence struct {
	Version string `yaml:"version" json:"version"`
	// Judgement names the parameters of the policy that measuring uses.
	Judgement Judgement      `yaml:"judgement" json:"judgement"`
	Limits    EvidenceLimits `yaml:"limits" json:"limits"`
	// SpatialUnits are the units of positions by their steps, the shortest first.
	SpatialUnits []GridUnit     `yaml:"spatialUnits" json:"spatialUnits"`
	Detectors    []DetectorRule `yaml:"detectors" json:"detectors"`
	Attributes   []LexiconEntry `yaml:"attributes" json:"attributes"`
	Scenarios    []Scenario     `yaml:"scenarios" json:"scenarios"`
	Recodings    []Recoding     `yaml:"recodings" json:"recodings"`
	// Plans are the ways in which changes are put together, the preferred one first.
	Plans  []PlanRule  `yaml:"plans" json:"plans"`
	Claims []ClaimRule `yaml:"claims" json:"claims"`
	// Figures says how tables of figures are read, Counted is the attribute of columns
	// that say how many contributors a sum has.
	Figures FigureRules `yaml:"figures" json:"figures"`
	Counted string      `yaml:"counted" json:"counted"`
	// Tracks says how the tracks of persons in events are measured.
	Tracks TrackRules `yaml:"tracks" json:"tracks"`
	// StreetEnds are the ends of the names of streets, in lower case.
	StreetEnds []string   `yaml:"streetEnds" json:"streetEnds"`
	Texts      TextRule   `yaml:"texts" json:"texts"`
	Totals     TotalsRule `yaml:"totals" json:"totals"`
	// Contents say what the values of an attribute must be, Structures by what
	// columns are recognised whose names say nothing.
	Contents   []ContentRule  `yaml:"contents" json:"contents"`
	Structures StructureRules `yaml:"structures" json:"structures"`
	// Names are in a file of their own.
	Names Names `yaml:"-" json:"names"`
}

// ContentRule says which share of the values of a column with an attribute must be
// of one of the types, date or year, for the name of the column to be believed.
type ContentRule struct {
	Attribute string   `yaml:"attribute" json:"attribute"`
	Types     []string `yaml:"types" json:"types"`
	Share     float64  `yaml:"share" json:"share"`
}

// StructureRules are the numbers by which kinds without a form of their own are
// recognised in columns whose names say nothing. Shares are from 0 to 1.
type StructureRules struct {
	// Values is how many different values there must be, Share the share of them
	// that have the form of the kind.
	Values int64   `yaml:"values" json:"values"`
	Share  float64 `yaml:"share" json:"share"`
	// SilentNames are words, in lower case without accents, of names of columns that
	// say nothing of what these hold.
	SilentNames []string `yaml:"silentNames" json:"silentNames"`
	// PlateGroups is how many groups of letters there are at least, as a share of
	// those that plates given at random would have.
	PlateGroups float64 `yaml:"plateGroups" json:"plateGroups"`
	// PostalPadded is the least share of postal codes that begin with a zero,
	// PostalTens of those that end with one.
	PostalPadded float64 `yaml:"postalPadded" json:"postalPadded"`
	PostalTens   float64 `yaml:"postalTens" json:"postalTens"`
	// GivenNames and FamilyNames are the least shares of known names in two columns
	// beside each other.
	GivenNames  float64 `yaml:"givenNames" json:"givenNames"`
	FamilyNames float64 `yaml:"familyNames" json:"familyNames"`
	// Grids are the systems of coordinates that are recognised.
	Grids []Grid `yaml:"grids" json:"grids"`
}

// Grid is a system of coordinates with the ranges of the country in it, in degrees
// or metres, and the decimals that all its numbers have at least.
type Grid struct {
	ID       string     `yaml:"id" json:"id"`
	North    [2]float64 `yaml:"north" json:"north"`
	East     [2]float64 `yaml:"east" json:"east"`
	Decimals int        `yaml:"decimals" json:"decimals"`
}

// Names are names that many people have, in lower case with blanks between, the
// frequent ones first: two texts rather than two lists, since they are read
// whenever the program starts.
type Names struct {
	Version string `yaml:"version" json:"version"`
	Given   string `yaml:"given" json:"given"`
	Family  string `yaml:"family" json:"family"`
	// Words are given names that are words as well.
	Words string `yaml:"words" json:"words"`
}

// GivenNames are the given names.
func (n *Names) GivenNames() []string { return strings.Fields(n.Given) }

// FamilyNames are the family names.
func (n *Names) FamilyNames() []string { return strings.Fields(n.Family) }

// AlsoWords are the given names that are words as well.
func (n *Names) AlsoWords() []string { return strings.Fields(n.Words) }

// TextRule says by which words, in lower case, people and vehicles are recognised
// within texts: NameCues stand before a name, PlateCues before a plate, NotNames
// after a name that is a company's.
type TextRule struct {
	NameCues  []string `yaml:"nameCues" json:"nameCues"`
	PlateCues []string `yaml:"plateCues" json:"plateCues"`
	NotNames  []string `yaml:"notNames" json:"notNames"`
	// Tail is the probability below which the texts that seem to hold a kind are
	// more than the errors of the detector explain.
	Tail float64 `yaml:"tail" json:"tail"`
}

// TotalsRule says how rows of totals are labelled, in lower case: Words stand
// alone in a cell, Ends may also stand at the end of a longer label. Proven words
// stand alone too and count only where the figures are the sums of other rows.
type TotalsRule struct {
	Words  []string `yaml:"words" json:"words"`
	Proven []string `yaml:"proven" json:"proven"`
	Ends   []string `yaml:"ends" json:"ends"`
}

// Judgement names the parameters of the policy that measuring a data file uses.
type Judgement struct {
	// Group and SensitiveGroup are the group size that a plan has to reach, the second
	// where there is sensitive data.
	Group          string `yaml:"group" json:"group"`
	SensitiveGroup string `yaml:"sensitiveGroup" json:"sensitiveGroup"`
	// Count and SensitiveCount are the smallest counts that a table may show.
	Count          string `yaml:"count" json:"count"`
	SensitiveCount string `yaml:"sensitiveCount" json:"sensitiveCount"`
	// BlankShare is the share of blanks, 0 to 1, above which a column is not taken as
	// a quasi-identifier.
	BlankShare string `yaml:"blankShare" json:"blankShare"`
	// IndividualRisk is the probability of being recognised in a sample above which a
	// record counts as risky.
	IndividualRisk string `yaml:"individualRisk" json:"individualRisk"`
	// Rare is how many records a value must have not to be merged with others, where
	// the group size is not larger.
	Rare string `yaml:"rare" json:"rare"`
	// Removed is the share of records, 0 to 1, that a plan may take out since they stay
	// in small groups.
	Removed string `yaml:"removed" json:"removed"`
	// KnownPoints is the most points on the track of a person that somebody is taken
	// to know.
	KnownPoints string `yaml:"knownPoints" json:"knownPoints"`
	// A sum rests on too few when there are fewer than Contributors, when the second
	// largest can work out the largest to within the share Estimate of it (p% rule, p
	// as a share), or when the Largest ones make up more than Share of it ((n,k) rule,
	// k as a share).
	Contributors string `yaml:"contributors" json:"contributors"`
	Estimate     string `yaml:"estimate" json:"estimate"`
	Largest      string `yaml:"largest" json:"largest"`
	Share        string `yaml:"share" json:"share"`
}

// Dominance names the parameters that say when a sum rests on too few.
func (j *Judgement) Dominance() []string {
	return []string{j.Contributors, j.Estimate, j.Largest, j.Share}
}

// Params names all the parameters.
func (j *Judgement) Params() []string {
	return append([]string{j.Group, j.SensitiveGroup, j.Count, j.SensitiveCount, j.BlankShare, j.IndividualRisk, j.Rare, j.Removed, j.KnownPoints}, j.Dominance()...)
}

// EvidenceLimits are the numbers of recognition and work. Shares are from 0 to 1,
// of the values that are not blank.
type EvidenceLimits struct {
	// TypeShare is the share of values from which on a column has their type.
	TypeShare float64 `yaml:"typeShare" json:"typeShare"`
	// ChanceTail is the probability below which valid values are not chance.
	ChanceTail float64 `yaml:"chanceTail" json:"chanceTail"`
	// FreeTextLength, FreeTextWords and FreeTextDistinct are the mean length, the
	// mean number of words and the share of different values above which a column
	// is free text.
	FreeTextLength   float64 `yaml:"freeTextLength" json:"freeTextLength"`
	FreeTextWords    float64 `yaml:"freeTextWords" json:"freeTextWords"`
	FreeTextDistinct float64 `yaml:"freeTextDistinct" json:"freeTextDistinct"`
	// KeyShare is the share of different values above which a column may be a key.
	KeyShare float64 `yaml:"keyShare" json:"keyShare"`
	// QuasiIdentifiers is how many columns are taken together at most.
	QuasiIdentifiers int `yaml:"quasiIdentifiers" json:"quasiIdentifiers"`
	// CombinationSize is the largest number of columns combined in the search for
	// those that identify most, CombinationRows how many rows it ranks them on and
	// CombinationsKept how many are reported.
	CombinationSize  int `yaml:"combinationSize" json:"combinationSize"`
	CombinationRows  int `yaml:"combinationRows" json:"combinationRows"`
	CombinationsKept int `yaml:"combinationsKept" json:"combinationsKept"`
	// ContributionRows is on how many rows the columns are looked for that make
	// records stand out.
	ContributionRows int `yaml:"contributionRows" json:"contributionRows"`
	// RareShare is the share of records with rare values above which merging them is
	// not tried: it would leave next to nothing of the column.
	RareShare float64 `yaml:"rareShare" json:"rareShare"`
	// PlanSets is how many sets of changes are tried in the search for a plan before
	// the rest of it is greedy.
	PlanSets int `yaml:"planSets" json:"planSets"`
	// PlanWork is how many rows may be grouped in the searches, all sets of all plans
	// together; with more rows fewer sets are tried.
	PlanWork int64 `yaml:"planWork" json:"planWork"`
	// TwinRepeats is how many more rows than different values a column must have
	// for it to count as saying the same as another: with fewer it may be chance.
	TwinRepeats int64 `yaml:"twinRepeats" json:"twinRepeats"`
	// SamplePairs and SampleConfidence are the fewest pairs on which an estimate
	// about a sample may rest, and the level of its interval.
	SamplePairs      int     `yaml:"samplePairs" json:"samplePairs"`
	SampleConfidence float64 `yaml:"sampleConfidence" json:"sampleConfidence"`
	// LinkShare is the share of web addresses above which a column holds links.
	LinkShare float64 `yaml:"linkShare" json:"linkShare"`
	// DigestBytes is the size above which a plain digest of the file is given.
	DigestBytes int64 `yaml:"digestBytes" json:"digestBytes"`
}

// FigureRules say how the cells of tables of figures are read. Signs are in lower
// case.
type FigureRules struct {
	// Hidden are signs that stand for a figure that is not shown, Below the
	// beginnings of such signs ("<" of "<5"), Nothing signs that stand for 0.
	Hidden  []string `yaml:"hidden" json:"hidden"`
	Below   []string `yaml:"below" json:"below"`
	Nothing []string `yaml:"nothing" json:"nothing"`
	// Share is the share of cells with a figure from which on a column shows
	// figures, 0 to 1.
	Share float64 `yaml:"share" json:"share"`
	// Cells is the most cells in which totals are looked for.
	Cells int64 `yaml:"cells" json:"cells"`
}

// TrackRules say what a point on the track of a person is, and how points are
// drawn.
type TrackRules struct {
	// Places and Times are attributes and entries of the lexicon; columns that match
	// one make a point together.
	Places []string `yaml:"places" json:"places"`
	Times  []string `yaml:"times" json:"times"`
	// People is how many persons are drawn, Seed what chooses them.
	People int    `yaml:"people" json:"people"`
	Seed   uint64 `yaml:"seed" json:"seed"`
	// Work is how many rows may be grouped, all sets together, to look for the
	// columns that single most persons out; with more rows smaller sets are looked at.
	Work int64 `yaml:"work" json:"work"`
}

// GridUnit is the unit of place of positions whose steps are shorter than Below
// metres.
type GridUnit struct {
	Below float64 `yaml:"below" json:"below"`
	Unit  string  `yaml:"unit" json:"unit"`
}

// DetectorRule says when a column holds a kind of value.
type DetectorRule struct {
	// Kind is a value of evidence.findings[].kind.
	Kind string `yaml:"kind" json:"kind"`
	// Pattern is the value of profile.piiHits[].pattern that reports it, or empty.
	Pattern string `yaml:"pattern,omitempty" json:"pattern,omitempty"`
	// Role is the disclosure role of a column that consists of such values, and
	// SpatialUnit the unit of place that they show.
	Role        string `yaml:"role,omitempty" json:"role,omitempty"`
	SpatialUnit string `yaml:"spatialUnit,omitempty" json:"spatialUnit,omitempty"`
	// ContainsShare is the least share of valid values in a column that holds some
	// by its name.
	ContainsShare float64 `yaml:"containsShare,omitempty" json:"containsShare,omitempty"`
	// InsideChance is the share of texts without the kind in which it seems to
	// stand, from 0 to 1.
	InsideChance float64 `yaml:"insideChance,omitempty" json:"insideChance,omitempty"`
	// Share is the share of valid values from which on the column consists of them.
	Share float64 `yaml:"share" json:"share"`
	// Contains says when a column holds some: "any" valid value beyond chance,
	// or only with a "header" that says so.
	Contains string `yaml:"contains" json:"contains"`
	// NeedsHeader kinds have no check, so that the header must say so too.
	NeedsHeader bool `yaml:"needsHeader,omitempty" json:"needsHeader,omitempty"`
	// Header are the entries of the lexicon and the attributes whose names support
	// the finding.
	Header []string `yaml:"header,omitempty" json:"header,omitempty"`
	// Persons tells that such values point to people.
	Persons bool `yaml:"persons,omitempty" json:"persons,omitempty"`
}

// Scenario is what somebody may know of a person already.
type Scenario struct {
	ID    string `yaml:"id" json:"id"`
	Label Text   `yaml:"label" json:"label"`
	// Knows are entries of the lexicon and attributes; empty means all.
	Knows []string `yaml:"knows" json:"knows"`
}

// Recoding is a change that is tried on the data.
type Recoding struct {
	ID    string `yaml:"id" json:"id"`
	Label Text   `yaml:"label" json:"label"`
	// Of is the kind of column: date, integer, place, coordinate, any.
	Of string `yaml:"of" json:"of"`
	// Attributes limit it to columns that match one of these.
	Attributes []string `yaml:"attributes,omitempty" json:"attributes,omitempty"`
	// Does is the operation: month, year, band, prefix, decimals, merge, drop; By
	// its number.
	Does string `yaml:"does" json:"does"`
	By   int    `yaml:"by,omitempty" json:"by,omitempty"`
	// MergeRare puts what is rare afterwards into one group.
	MergeRare bool `yaml:"mergeRare,omitempty" json:"mergeRare,omitempty"`
	// Code is the mitigation that it is, Params what the mitigation is given.
	Code   string            `yaml:"code" json:"code"`
	Params map[string]string `yaml:"params,omitempty" json:"params,omitempty"`
}

// PlanRule is a way to put changes together to a plan.
type PlanRule struct {
	ID    string `yaml:"id" json:"id"`
	Label Text   `yaml:"label" json:"label"`
	// Drops says which columns may be dropped: "needed" are those for which nothing
	// coarser is enough, "any" are all.
	Drops string `yaml:"drops" json:"drops"`
	// Remove says that records may be taken out since they stay in small groups, and
	// Code is the measure that does so.
	Remove bool   `yaml:"remove,omitempty" json:"remove,omitempty"`
	Code   string `yaml:"code,omitempty" json:"code,omitempty"`
}

// ClaimRule says how a statement is compared with what was measured.
type ClaimRule struct {
	Field string `yaml:"field" json:"field"`
	// Caution lists values, the one that calls for most caution first. A measured
	// value contradicts a statement that stands behind it in the list.
	Caution []string `yaml:"caution,omitempty" json:"caution,omitempty"`
	// Smaller tells that of two numbers the smaller one calls for more caution.
	Smaller bool `yaml:"smaller,omitempty" json:"smaller,omitempty"`
	// Same tells that the values stated and those in the file must be the same
	// ones, for the names of columns.
	Same bool `yaml:"same,omitempty" json:"same,omitempty"`
}

// Plan returns the way of planning with the id, or nil.
func (e *Evidence) Plan(id string) *PlanRule {
	for i := range e.Plans {
		if e.Plans[i].ID == id {
			return &e.Plans[i]
		}
	}
	return nil
}

// Scenario returns the scenario with the id, or nil.
func (e *Evidence) Scenario(id string) *Scenario {
	for i := range e.Scenarios {
		if e.Scenarios[i].ID == id {
			return &e.Scenarios[i]
		}
	}
	return nil
}
