import { mount } from 'svelte';
import '../src/tokens.css';
import '../src/base.css';
import Exported from './Exported.svelte';

const target = document.getElementById('app');
if (target !== null) mount(Exported, { target });
