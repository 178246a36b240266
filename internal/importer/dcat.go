package importer

import (
	"slices"
	"strings"

	"puntari/internal/descriptor"
	"puntari/internal/rdf"
)

// dcat reads the datasets of an RDF catalogue.
func (im *importer) dcat() error {
	data, err := im.input.all()
	if err != nil {
		return err
	}
	// A graph from JSON-LD takes four times the memory of others.
	if limit := im.options.Limits.Document / 4; im.format == JSONLD && len(data) > limit {
		return tooLarge(limit)
	}
	var graph rdf.Graph
	var warnings []descriptor.Problem
	o := rdf.Options{MaxDepth: im.options.Limits.Depth, MaxTriples: 10_000_000, Warn: func(e *rdf.Error) {
		const most = 20
		if len(warnings) < most {
			warnings = append(warnings, syntaxProblem(im.file, e, descriptor.SeverityIncomplete))
		}
	}}
	read := map[Format]func([]byte, rdf.Options, rdf.Emit) error{
		Turtle: rdf.ReadTurtle, NTriples: rdf.ReadNTriples, RDFXML: rdf.ReadRDFXML, JSONLD: rdf.ReadJSONLD,
	}[im.format]
	syntax := read(data, o, graph.Add)
	// What comes before a fault is not given out: a dataset that breaks off in
	// the middle would look like one of which little is known.
	if syntax != nil {
		return syntax
	}
	datasets := datasetNodes(&graph)
	if len(datasets) == 0 {
		im.found = otherClasses(&graph)
		return nil
	}
	services := servicesByDataset(&graph)
	for i, n := range datasets {
		r := im.begin(position{max(n.Line, 1), 1})
		if i == 0 {
			r.Problems = warnings
		}
		d := dcatReader{r, &graph, n}
		d.read(services[n.Term])
		if err := im.finish(r); err != nil {
			return err
		}
	}
	return nil
}

// datasetClasses are the classes whose members are datasets. The Italian
// profile has its own.
var datasetClasses = []string{rdf.DCAT + "Dataset", "http://dati.gov.it/onto/dcatapit#Dataset", "http://www.w3.org/ns/adms#Asset"}

// datasetNodes are the datasets of a graph in the order of the file: what is
// said to be a dataset or is listed in a catalogue. A node without a title and
// a distribution that is only mentioned as a dataset of another portal is left
// out.
func datasetNodes(g *rdf.Graph) []*rdf.Node {
	var out []*rdf.Node
	seen := map[rdf.Term]bool{}
	take := func(n *rdf.Node) {
		if !seen[n.Term] {
			seen[n.Term] = true
			out = append(out, n)
		}
	}
	for _, n := range g.Nodes() {
		if slices.ContainsFunc(datasetClasses, n.Is) && !n.Is(rdf.DCAT+"Catalog") {
			take(n)
		}
	}
	for _, n := range g.Nodes() {
		for t := range n.Each(rdf.DCAT + "dataset") {
			if m := g.Node(t); len(m.Properties) > 0 && !m.Is(rdf.DCAT+"DatasetSeries") {
				take(m)
			}
		}
	}
	return out
}

// otherClasses names what a graph describes instead of datasets.
func otherClasses(g *rdf.Graph) string {
	var names []string
	for _, n := range g.Nodes() {
		for _, t := range n.All(rdf.RDF + "type") {
			if name := shortName(t.Value); !slices.Contains(names, name) && len(names) < 5 {
				names = append(names, name)
			}
		}
	}
	return strings.Join(names, ", ")
}

// shortName is an IRI as catalogues write it, "dcat:Dataset".
func shortName(iri string) string {
	for _, p := range [][2]string{
		{"dcat:", rdf.DCAT}, {"dct:", rdf.DCT}, {"dcatap:", rdf.DCATAP}, {"foaf:", rdf.FOAF}, {"vcard:", rdf.VCARD}, {"skos:", rdf.SKOS},
		{"prov:", rdf.PROV}, {"adms:", rdf.ADMS}, {"dpv:", rdf.DPV}, {"healthdcatap:", rdf.Health}, {"dqv:", rdf.DQV}, {"spdx:", rdf.SPDX},
		{"odrl:", rdf.ODRL}, {"geodcatap:", rdf.GeoDCAT}, {"schema:", rdf.Schema}, {"rdfs:", rdf.RDFS}, {"locn:", rdf.LOCN},
	} {
		if rest, ok := strings.CutPrefix(iri, p[1]); ok {
			return p[0] + rest
		}
	}
	return iri
}

// servicesByDataset are the data services that say which datasets they serve.
func servicesByDataset(g *rdf.Graph) map[rdf.Term][]*rdf.Node {
	out := map[rdf.Term][]*rdf.Node{}
	for _, n := range g.Nodes() {
		for t := range n.Each(rdf.DCAT + "servesDataset") {
			out[t] = append(out[t], n)
		}
	}
	return out
}

// dcatReader reads one dataset of a graph.
type dcatReader struct {
	*record
	graph *rdf.Graph
	node  *rdf.Node
}

func (d *dcatReader) read(services []*rdf.Node) {
	n := d.node
	d.identity()
	d.languages(&d.Dataset.Dataset.Title, "dataset.title", texts(n.All(rdf.DCT+"title")), "dct:title")
	d.languages(&d.Dataset.Dataset.Description, "dataset.description", texts(n.All(rdf.DCT+"description")), "dct:description")
	d.parties()
	d.subject()
	d.coverage()
	d.each(func(t rdf.Term) { d.frequency(d.code(t), "dct:accrualPeriodicity") }, rdf.DCT+"accrualPeriodicity")
	if t, ok := n.First(rdf.DCT + "modified"); ok {
		d.modified(d.label(t), "dct:modified")
	}
	d.each(func(t rdf.Term) { d.legislation(origin{"dcatap:applicableLegislation", t.Value}) }, rdf.DCATAP+"applicableLegislation")
	d.each(func(t rdf.Term) { d.hvd(d.code(t), "dcatap:hvdCategory") }, rdf.DCATAP+"hvdCategory")
	d.each(func(t rdf.Term) { d.standard(origin{"dct:conformsTo", d.address(t)}) }, rdf.DCT+"conformsTo")
	d.release(services)
	d.rights()
	d.people()
	if n := len(d.node.All(rdf.DCAT + "hasVersion")); n > 0 {
		d.number("release.previousReleases", itoa(n), origin{"dcat:hasVersion", itoa(n)})
	}
	if t, ok := n.First(rdf.DQV + "hasQualityAnnotation"); ok {
		d.set("quality.knownIssuesDocumented", "yes", origin{"dqv:hasQualityAnnotation", d.label(t)})
	}
	if t, ok := n.First(rdf.GeoDCAT + "custodian"); ok {
		d.set("maintenance.owner", d.label(t), origin{"geodcatap:custodian", d.label(t)})
	}
}

// each calls fn for every value of a property.
func (d *dcatReader) each(fn func(rdf.Term), iri string) {
	for _, t := range d.node.All(iri) {
		fn(t)
	}
}

// identity reads the identifier: the one that is given, or the address of the
// dataset in the catalogue.
func (d *dcatReader) identity() {
	about := map[Format]string{RDFXML: "rdf:about", JSONLD: "@id"}[d.im.format]
	if about == "" {
		about = "subject"
	}
	if d.node.Kind == rdf.IRI {
		d.ID = d.node.Value
		d.portal(d.ID, about)
	}
	if t, ok := d.node.First(rdf.DCT+"identifier", rdf.ADMS+"identifier"); ok {
		d.set("dataset.identifier", d.label(t), origin{"dct:identifier", d.label(t)})
	}
	d.set("dataset.identifier", d.ID, origin{about, d.ID})
	if t, ok := d.node.First(rdf.DCAT + "landingPage"); ok {
		d.portal(t.Value, "dcat:landingPage")
	}
}

func (d *dcatReader) parties() {
	if t, ok := d.node.First(rdf.DCT + "publisher"); ok {
		p := d.graph.Node(t)
		if name := d.label(t); name != t.Value || t.Kind == rdf.Literal {
			d.set("dataset.publisher.name", name, origin{"dct:publisher", name})
		}
		switch id, given := p.First(rdf.DCT+"identifier", rdf.ADMS+"identifier"); {
		case given:
			d.set("dataset.publisher.identifier", d.label(id), origin{"dct:publisher/dct:identifier", d.label(id)})
		case t.Kind == rdf.IRI:
			d.set("dataset.publisher.identifier", t.Value, origin{"dct:publisher", t.Value})
		}
	}
	d.each(func(t rdf.Term) {
		c := d.graph.Node(t)
		for _, m := range c.All(rdf.VCARD + "hasEmail") {
			if v, ok := d.graph.Node(m).First(rdf.VCARD+"hasValue", rdf.VCARD+"value"); ok {
				m = v
			}
			d.email(m.Value, "dcat:contactPoint/vcard:hasEmail")
		}
		if m, ok := c.First(rdf.VCARD + "email"); ok {
			d.email(m.Value, "dcat:contactPoint/vcard:email")
		}
	}, rdf.DCAT+"contactPoint")
}

func (d *dcatReader) subject() {
	d.each(func(t rdf.Term) { d.add("dataset.keyword", t.Value, origin{"dcat:keyword", t.Value}) }, rdf.DCAT+"keyword")
	d.each(func(t rdf.Term) { d.theme(d.code(t), "dcat:theme") }, rdf.DCAT+"theme")
	d.each(func(t rdf.Term) {
		if code, ok := language(d.code(t)); ok {
			d.add("dataset.language", code, origin{"dct:language", t.Value})
		}
	}, rdf.DCT+"language")
}

func (d *dcatReader) coverage() {
	d.each(func(t rdf.Term) {
		d.place(d.label(t), "dct:spatial")
	}, rdf.DCT+"spatial")
	if t, ok := d.node.First(rdf.DCAT + "spatialResolutionInMeters"); ok {
		d.number("spatial.resolutionM", t.Value, origin{"dcat:spatialResolutionInMeters", t.Value})
	}
	d.each(func(t rdf.Term) {
		if t.Kind == rdf.Literal {
			d.interval(t.Value, "dct:temporal")
			return
		}
		n := d.graph.Node(t)
		start, _ := n.First(rdf.DCAT+"startDate", rdf.Schema+"startDate", "https://schema.org/startDate", rdf.TIME+"hasBeginning")
		end, _ := n.First(rdf.DCAT+"endDate", rdf.Schema+"endDate", "https://schema.org/endDate", rdf.TIME+"hasEnd")
		d.period(d.instant(start), d.instant(end), "dct:temporal")
	}, rdf.DCT+"temporal")
}

// instant is the date of a literal or of a node of the time ontology.
func (d *dcatReader) instant(t rdf.Term) string {
	if t.Kind != rdf.Literal {
		t, _ = d.graph.Node(t).First(rdf.TIME+"inXSDDate", rdf.TIME+"inXSDDateTimeStamp", rdf.TIME+"inXSDDateTime", rdf.TIME+"inXSDgYear")
	}
	return t.Value
}

// release reads the distributions, the services and the access rights.
func (d *dcatReader) release(services []*rdf.Node) {
	var list []distribution
	d.each(func(t rdf.Term) { list = append(list, d.distribution(d.graph.Node(t))) }, rdf.DCAT+"distribution")
	for _, s := range services {
		list = append(list, d.service(s, "dcat:servesDataset"))
	}
	var licences []origin
	d.each(func(t rdf.Term) { licences = append(licences, origin{"dct:license", d.licence(t)}) }, rdf.DCT+"license")
	released := d.distributions(list, licences)
	d.each(func(t rdf.Term) { d.access(d.code(t), "dct:accessRights", released) }, rdf.DCT+"accessRights")
}

func (d *dcatReader) distribution(n *rdf.Node) distribution {
	var out distribution
	if n.Value == "" {
		return out
	}
	get := func(iri string) origin {
		if t, ok := n.First(iri); ok {
			return origin{"dcat:distribution/" + shortName(iri), d.label(t)}
		}
		return origin{}
	}
	out.accessURL, out.downloadURL = get(rdf.DCAT+"accessURL"), get(rdf.DCAT+"downloadURL")
	if f := get(rdf.DCT + "format"); f.raw != "" {
		f.raw = d.code(first(n, rdf.DCT+"format"))
		out.formats = append(out.formats, f)
	}
	if f := get(rdf.DCAT + "mediaType"); f.raw != "" && len(out.formats) == 0 {
		f.raw = d.code(first(n, rdf.DCAT+"mediaType"))
		out.formats = append(out.formats, f)
	}
	for _, iri := range []string{rdf.DCT + "license", rdf.DCAT + "license"} {
		for _, t := range n.All(iri) {
			out.licences = append(out.licences, origin{"dcat:distribution/" + shortName(iri), d.licence(t)})
		}
	}
	out.checksum = get(rdf.SPDX + "checksum")
	if t, ok := n.First(rdf.DCATAP+"availability", "http://data.europa.eu/930/availability"); ok {
		out.availability = origin{"dcat:distribution/dcatap:availability", d.code(t)}
	}
	for _, t := range n.All(rdf.DCT + "conformsTo") {
		out.conformsTo = append(out.conformsTo, origin{"dcat:distribution/dct:conformsTo", d.address(t)})
	}
	for _, t := range n.All(rdf.DCATAP + "applicableLegislation") {
		out.legislation = append(out.legislation, origin{"dcat:distribution/dcatap:applicableLegislation", t.Value})
	}
	if t, ok := n.First(rdf.DCAT + "accessService"); ok {
		s := d.service(d.graph.Node(t), "dcat:distribution/dcat:accessService")
		out.service, out.documented = s.service, s.documented
		out.licences = append(out.licences, s.licences...)
	}
	return out
}

// service is a data service as a form of the data.
func (d *dcatReader) service(n *rdf.Node, property string) distribution {
	out := distribution{service: origin{property, n.Value}}
	if t, ok := n.First(rdf.DCAT + "endpointURL"); ok {
		out.service.raw = t.Value
	}
	if t, ok := n.First(rdf.DCAT+"endpointDescription", rdf.FOAF+"page"); ok {
		out.documented = origin{property + "/" + "dcat:endpointDescription", d.label(t)}
	}
	for _, t := range n.All(rdf.DCT + "license") {
		out.licences = append(out.licences, origin{property + "/dct:license", d.licence(t)})
	}
	for _, t := range n.All(rdf.DCATAP + "applicableLegislation") {
		out.legislation = append(out.legislation, origin{property + "/dcatap:applicableLegislation", t.Value})
	}
	return out
}

// rights reads who holds rights to the data and where they come from.
func (d *dcatReader) rights() {
	publisher, _ := d.node.First(rdf.DCT + "publisher")
	d.each(func(t rdf.Term) {
		holder := "third_party"
		if t == publisher || strings.EqualFold(d.label(t), d.label(publisher)) {
			holder = "publisher"
		}
		d.suggest("rights.rightsHolder", holder, "rights_holder", origin{"dct:rightsHolder", d.label(t)})
	}, rdf.DCT+"rightsHolder")
	for _, iri := range []string{rdf.DCT + "source", rdf.PROV + "wasDerivedFrom"} {
		d.each(func(t rdf.Term) {
			if name := d.label(t); name != "" {
				lic := ""
				if l, ok := d.graph.Node(t).First(rdf.DCT + "license"); ok {
					lic = d.licence(l)
				}
				d.thirdParty(name, lic, shortName(iri))
			}
		}, iri)
	}
}

// people reads what the vocabularies for privacy and health say about people in
// the data.
func (d *dcatReader) people() {
	d.each(func(t rdf.Term) {
		d.set("personalData.sourceRelatesToPersons", "yes", origin{"dpv:hasPersonalData", t.Value})
	}, rdf.DPV+"hasPersonalData")
	d.each(func(t rdf.Term) {
		if subject, ok := dataSubject(t.Value); ok {
			d.add("personalData.dataSubjectCategories", subject, origin{"dpv:hasDataSubject", t.Value})
		}
	}, rdf.DPV+"hasDataSubject")
	d.each(func(t rdf.Term) {
		if basis, ok := legalBasis(t.Value); ok {
			d.suggest("personalData.publicationLegalBasis", basis, "legal_basis", origin{"dpv:hasLegalBasis", t.Value})
		}
	}, rdf.DPV+"hasLegalBasis")
	for path, name := range map[string]string{"profile.rowCount": "numberOfRecords", "personalData.dataSubjectCount": "numberOfUniqueIndividuals"} {
		if t, ok := d.node.First(rdf.Health + name); ok {
			d.number(path, t.Value, origin{"healthdcatap:" + name, t.Value})
		}
	}
	d.each(func(t rdf.Term) {
		if strings.HasSuffix(t.Value, "/PERSONAL_DATA") {
			d.set("personalData.sourceRelatesToPersons", "yes", origin{"dct:type", t.Value})
		}
	}, rdf.DCT+"type")
}

// code is a term as the code that it stands for: the IRI, or the text or label.
func (d *dcatReader) code(t rdf.Term) string {
	switch t.Kind {
	case rdf.Literal:
		return strings.TrimSpace(t.Value)
	case rdf.IRI:
		return t.Value
	}
	return d.label(t)
}

// labelProperties are the properties that name a thing, the best first.
var labelProperties = []string{
	rdf.SKOS + "prefLabel", rdf.FOAF + "name", rdf.VCARD + "fn", rdf.VCARD + "organization-name", rdf.DCT + "title", rdf.RDFS + "label", rdf.Schema + "name",
	rdf.LOCN + "geographicName", "http://www.geonames.org/ontology#name", rdf.SKOS + "notation", rdf.DCT + "description", rdf.RDF + "value", rdf.DCT + "identifier",
}

// label is what a term is called: the text of a literal, the name of a node, or
// else its IRI.
func (d *dcatReader) label(t rdf.Term) string {
	if t.Kind == rdf.Literal {
		return strings.TrimSpace(t.Value)
	}
	n := d.graph.Node(t)
	for _, iri := range labelProperties {
		if s := best(texts(n.All(iri))); s != "" {
			return s
		}
	}
	if t.Kind == rdf.IRI {
		return t.Value
	}
	return ""
}

// address is the IRI of a term, or one that is given for a blank node.
func (d *dcatReader) address(t rdf.Term) string {
	if t.Kind != rdf.Blank {
		return t.Value
	}
	a, _ := d.graph.Node(t).First(rdf.DCT+"identifier", rdf.RDFS+"seeAlso", rdf.FOAF+"page")
	return a.Value
}

// licence is the IRI or the text of a licence. A blank node, or one that the
// catalogue made up, has the licence in a property.
func (d *dcatReader) licence(t rdf.Term) string {
	if t.Kind == rdf.Literal || licence(t.Value) != "" {
		return strings.TrimSpace(t.Value)
	}
	n := d.graph.Node(t)
	for _, iri := range []string{rdf.OWL + "sameAs", rdf.SKOS + "exactMatch", rdf.RDFS + "seeAlso", rdf.DCT + "identifier", rdf.DCT + "title", rdf.RDFS + "label", rdf.FOAF + "name", rdf.SKOS + "prefLabel"} {
		for _, v := range n.All(iri) {
			if licence(v.Value) != "" {
				return v.Value
			}
		}
	}
	return d.label(t)
}

// first is the first value of a property.
func first(n *rdf.Node, iri string) rdf.Term {
	t, _ := n.First(iri)
	return t
}

// texts are literals by language.
func texts(terms []rdf.Term) map[string]string {
	out := map[string]string{}
	for _, t := range terms {
		if t.Kind == rdf.Literal {
			addLanguage(out, t.Language, t.Value)
		}
	}
	return out
}
